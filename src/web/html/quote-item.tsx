import { isOpen } from "../../social/posts/reach.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";

/** The way to quote a post, in its menu: what is for everyone, unless its author said that they do not want it. */
export function QuoteItem({ t, post }: { t: Messages; post: PostView }) {
  return mayBeQuoted(post) ? (
    <li>
      <a class="btn bare" href={`/posts/${post.sortKey}/quote`}>
        <Icon name="message" />
        {t.quotes.quote}
        <span class="vh"> {post.author.name}</span>
      </a>
    </li>
  ) : null;
}

function mayBeQuoted({ own, reach, quotable, author }: PostView): boolean {
  if (!isOpen(reach)) return false;
  return own || (quotable !== "nobody" && !author.gone && !author.blocked);
}
