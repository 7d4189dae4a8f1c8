import type { ComponentChildren } from "preact";
import { hiddenAt, holdsAt, type MutedWord } from "../../social/muting/words.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { Isolated, isolate } from "./isolated.tsx";

type Props = {
  t: Messages;
  post: PostView;
  now: number;
  place: "focus" | "above" | "answer" | "list";
  children: ComponentChildren;
};

/** What the owner does not want to see stands folded, with the reason; the post that was opened on purpose stands open. */
export function MutedFold({ t, post, now, place, children }: Props) {
  const why = reasonOf(t, post, now, place);
  if (why === null) return <>{children}</>;
  return (
    <details class="cw" open={place === "focus"}>
      <summary class="row">
        <b class="grow" dir="auto">
          <Isolated words={why} />
        </b>
        <span class="btn">{t.mute.open}</span>
      </summary>
      {children}
    </details>
  );
}

/** A muted person is folded in threads only: home leaves them out, and on their own page one came to read them. */
function reasonOf(t: Messages, post: PostView, now: number, place: Props["place"]): string | null {
  const { words } = hiddenAt(post, now);
  if (words.length > 0) return hiddenWords(t, words);
  const { muted, name } = post.author;
  const isMuted = muted !== null && holdsAt(muted.until, now);
  return isMuted && place !== "list" && place !== "focus" ? t.mute.hiddenPerson(isolate(name)) : null;
}

export function hiddenWords(t: Messages, words: readonly MutedWord[]): string {
  return t.mute.hiddenWords([...new Set(words.map((word) => word.words))].join(", "));
}
