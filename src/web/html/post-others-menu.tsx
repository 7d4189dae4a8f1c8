import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";
import { QuoteItem } from "./quote-item.tsx";

/** What can be done about a post by somebody else that is seldom wanted. */
export function OthersMenu({ t, post }: { t: Messages; post: PostView }) {
  if (post.author.gone) return null;
  const { author, sortKey } = post;
  return (
    <details class="menu">
      <summary>
        <span aria-hidden="true">⋯</span>
        <span class="vh">{t.report.more(author.name)}</span>
      </summary>
      <ul>
        <QuoteItem t={t} post={post} />
        <li>
          <a class="btn bare" href={`/people/${author.id}#quiet`}>
            <Icon name="eye" />
            {t.mute.heading}
          </a>
        </li>
        <li>
          <a class="btn bare" href={`/people/${author.id}/report?post=${sortKey}`}>
            <Icon name="warn" />
            {t.report.open}
          </a>
        </li>
      </ul>
    </details>
  );
}
