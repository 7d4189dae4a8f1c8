import type { Messages } from "../messages/en.ts";
import { FormToken } from "./form.tsx";
import { Icon } from "./icon.tsx";

type SearchProps = { t: Messages; token: string; path: string; words: string; label?: string };

/** It posts: what is looked for among messages would else stay in the browser's history. */
export function MessageSearch({ t, token, path, words, label = t.talk.search }: SearchProps) {
  return (
    <search>
      <form class="join" method="post" action={path} autocomplete="off">
        <input
          type="search"
          name="q"
          value={words}
          maxlength={200}
          aria-label={label}
          placeholder={label === t.talk.search ? t.talk.searchGo : label}
          dir="auto"
        />
        <button class="btn" type="submit">
          <Icon name="search" />
          <span class="vh">{t.talk.searchGo}</span>
        </button>
        <FormToken token={token} />
      </form>
    </search>
  );
}
