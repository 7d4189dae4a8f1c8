import type { Paged } from "../../lib/page.ts";
import type { ConversationView } from "../../social/messages/view.ts";
import type { Messages } from "../messages/en.ts";
import { Face } from "./face.tsx";
import { lineOf } from "./file-words.ts";
import { Icon } from "./icon.tsx";
import { MessageSearch } from "./message-search.tsx";
import { firstLine } from "./message-text.tsx";
import { Pager } from "./pager.tsx";
import { MEDIA } from "./post.tsx";
import { ago } from "./time.tsx";

type ListProps = {
  t: Messages;
  token: string;
  now: number;
  page: Paged<ConversationView>;
  /** Person whose conversation is open; "": none is. */
  open: string;
};

/** Everybody the owner writes with, the latest first. */
export function ConversationList({ t, token, now, page, open }: ListProps) {
  const k = t.talk;
  return (
    <section class="inbox stack tight" aria-label={k.list}>
      <div class="page-head">
        <h2>{k.list}</h2>
        <a class="btn main-do push" href="/messages/new">
          <Icon name="plus" />
          {k.start}
        </a>
      </div>
      <MessageSearch t={t} token={token} path="/messages/search" words="" />
      {page.items.length === 0 ? <p class="muted">{k.empty}</p> : null}
      <ul class="stack tight" data-region="conversations" data-when="messages people">
        {page.items.map((one) => (
          <Line t={t} now={now} one={one} isOpen={one.person.id === open} />
        ))}
      </ul>
      <Pager t={t} page={page} path="/messages" />
    </section>
  );
}

function Line({ t, now, one, isOpen }: { t: Messages; now: number; one: ConversationView; isOpen: boolean }) {
  const { person, unread, last } = one;
  return (
    <li class={unread > 0 ? "new" : undefined}>
      <a href={`/messages/${person.id}#say`} aria-current={isOpen ? "page" : undefined}>
        <Face person={person} media={MEDIA} />
        <span class="grow">
          <span class="row ends fixed">
            <b>
              <bdi>{person.name}</bdi>
            </b>
            {last === null ? null : <span class="small muted">{ago(t, last.at, now)}</span>}
          </span>
          <span class="last">
            <Last t={t} one={one} />
          </span>
        </span>
        {unread === 0 ? null : (
          <span class="n">
            {unread > 99 ? "99+" : unread}
            <span class="vh"> {t.isNew}</span>
          </span>
        )}
      </a>
    </li>
  );
}

/** What most needs to be known of a conversation, in one line. */
function Last({ t, one: { trust, draft, last } }: { t: Messages; one: ConversationView }) {
  const k = t.talk;
  if (trust.kind === "changed")
    return (
      <>
        <Icon name="stop" /> {k.lastKey}
      </>
    );
  if (draft !== "")
    return (
      <>
        <Icon name="pen" /> {k.draft} <bdi>{firstLine(draft)}</bdi>
      </>
    );
  if (last === null) return null;
  if (last.kind === "lost") return <>{k.lastLost}</>;
  if (last.kind === "deleted") return <>{k.lastDeleted}</>;
  if (last.kind === "timer") return <>{k.lastTimer}</>;
  if (last.state === "waiting")
    return (
      <>
        <Icon name="clock" /> {last.form === "letter" ? k.lastWaiting : t.elsewhere.lastWaiting}
      </>
    );
  return (
    <>
      {last.own ? `${k.says(k.you)} ` : ""}
      <bdi>{lineOf(t, last)}</bdi>
    </>
  );
}
