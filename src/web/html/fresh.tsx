import type { Messages } from "../messages/en.ts";

/**
 * Where the script offers posts that came in since. `newest`: sort key of the first post shown, null when there is none.
 * Without script nothing stands here: whoever loads the page again has them.
 */
export function Fresh({ t, newest }: { t: Messages; newest: string | null }) {
  return (
    <p class="fresh" data-fresh={newest ?? "0"} hidden>
      <a class="btn" href="/">
        {t.home.fresh}
      </a>
    </p>
  );
}
