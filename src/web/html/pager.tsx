import type { Paged } from "../../lib/page.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";

type PagerProps = { t: Messages; page: Paged<unknown>; path: string; newer?: string; older?: string };

/** To the neighbouring pages of a list; nothing where there is only one. `path` may have a query already. */
export function Pager({ t, page, path, newer = t.newer, older = t.older }: PagerProps) {
  if (page.older === null && page.newer === null) return null;
  const at = (name: "before" | "after", key: string) =>
    `${path}${path.includes("?") ? "&" : "?"}${name}=${key}`;
  return (
    <nav class="pager" aria-label={t.pages}>
      {page.newer === null ? (
        <span />
      ) : (
        <a class="btn" href={at("after", page.newer)}>
          <Icon name="back" turn />
          {newer}
        </a>
      )}
      {page.older === null ? null : (
        <a class="btn" href={at("before", page.older)}>
          {older}
          <Icon name="next" turn />
        </a>
      )}
    </nav>
  );
}
