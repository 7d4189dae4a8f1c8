import { isOpen, type Reach } from "../../social/posts/reach.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { builtIn, choiceWords, type NameOf } from "./choice-words.ts";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import type { SymbolName } from "./symbols.ts";

export const reachIcon: Record<Reach, SymbolName> = {
  everyone: "globe",
  unlisted: "globe",
  subscribers: "r-subs",
  chosen: "r-some",
  me: "r-me",
};

/** Who sees a post. Of others' narrower posts only that it was shared with the owner, never with whom else. */
export function ReachLine({ t, post }: { t: Messages; post: PostView }) {
  const narrow = !isOpen(post.reach);
  return (
    <span class={narrow ? "reach some" : "reach"}>
      <Icon name={reachIcon[post.reach]} />
      <span>
        <Isolated words={seenWords(t, post)} />
        {narrow && post.passedBy !== "" ? (
          <>
            {". "}
            <Isolated words={t.post.passedBy(isolate(post.passedBy))} />
          </>
        ) : null}
      </span>
    </span>
  );
}

/** Who sees a post, by the names that the owner gave. */
export function seenWords(t: Messages, post: PostView): string {
  const { own, reach, to, audiences, without } = post;
  if (!own && !isOpen(reach)) return t.post.sharedWithYou;
  if (isOpen(reach) || reach === "me") return t.post.reach[reach];
  if (audiences.length === 0 && without.length === 0) {
    // Nobody is left of those it named: it says what it was.
    if (reach === "chosen" && to.length > 0) return t.compose.result.chosen(to.length);
    return t.post.reach[reach];
  }
  return chosenWords(t, post);
}

/** The same of an own post for some, with each of the people it names. */
export function chosenWords(t: Messages, { reach, to, audiences, without, seenBy }: PostView): string {
  const people = new Map(to.map(({ id, name }) => [id, { name }]));
  const nameOf: NameOf = (id) => builtIn(t, id) ?? people.get(id) ?? called(seenBy, id);
  return choiceWords(t, { reach, people: [...people.keys()], audiences, without }, nameOf, null);
}

function called(names: ReadonlyMap<string, string>, id: string) {
  const name = names.get(id);
  return name === undefined ? undefined : { name };
}
