import { isOpen, type Reach } from "../../social/posts/reach.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";
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
      {wordsOf(t, post)}
    </span>
  );
}

function wordsOf(t: Messages, { own, reach, to }: PostView): string {
  if (!own && !isOpen(reach)) return t.post.sharedWithYou;
  // Nobody is left of those it named: it says what it was.
  if (reach === "chosen" && to.length > 0) return t.compose.result.chosen(to.length);
  return t.post.reach[reach];
}
