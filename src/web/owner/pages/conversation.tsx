import type { VNode } from "preact";
import type { Paged } from "../../../lib/page.ts";
import { lacksOldKey } from "../../../social/messages/elsewhere/lacks-old-key.ts";
import { comparedWith } from "../../../social/messages/keys/compared.ts";
import { conversationWith } from "../../../social/messages/list.ts";
import { messagesWith } from "../../../social/messages/thread.ts";
import type { ConversationView, MessageView } from "../../../social/messages/view.ts";
import { Bubble } from "../../html/bubble.tsx";
import type { TypedFiles } from "../../html/compose-files.tsx";
import { AskOpen, OldKeyNote, OpenNote } from "../../html/elsewhere.tsx";
import { Face } from "../../html/face.tsx";
import { EmptyTable, Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { KeyNote, TrustTag } from "../../html/key-note.tsx";
import type { LinkTo } from "../../html/message-text.tsx";
import { Pager } from "../../html/pager.tsx";
import { MEDIA } from "../../html/post.tsx";
import { SayForm } from "../../html/say-form.tsx";
import { day } from "../../html/time.tsx";
import type { Messages } from "../../messages/en.ts";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { insideLink } from "./inside-link.ts";

/** What is being written. `replyTo`: a message's id. */
export type Saying = { typed: string; replyTo: string; wrong: string | undefined; files: TypedFiles };

const A_PAGE = 50;

/** One conversation: who it is with and how sure that is, what was written, and where to write. */
export async function conversation(
  kit: Kit,
  visit: Visit,
  saying: Saying & { answered: MessageView | null },
): Promise<VNode> {
  const { acting, t, now, token, part, fields } = visit;
  const { read, me } = acting;
  const one = await conversationWith(read, me, part("person"), now);
  const page = await messagesWith(read, one.person.id, askedPage(fields, A_PAGE), now);
  const digits = one.trust.kind === "changed" ? await comparedWith(read, me, one) : null;
  const link = (href: string) => insideLink(href) ?? kit.leaveUrl(href);
  const { person, way } = one;
  const asks = way === "open" && !one.open;
  const here = !person.blocked && !person.gone;
  const writes = here && !asks;
  const old = way === "mail" && (await lacksOldKey(read, person.id));
  return (
    <section class="card convo" aria-label={t.talk.conversation(one.person.name)}>
      <Head t={t} one={one} />
      <Talk {...{ t, token, one, page, link, now }} still={!writes}>
        <KeyNote t={t} token={token} one={one} digits={digits} heading="h3" />
        {here && asks ? <AskOpen {...{ t, token, one }} /> : null}
        {writes && way === "open" ? <OpenNote {...{ t, token, one }} /> : null}
        {writes && old ? <OldKeyNote {...{ t, one }} /> : null}
        {way === "unknown" ? <NotSeen t={t} /> : null}
      </Talk>
      {writes ? (
        <SayForm
          {...{ t, token, one }}
          typed={saying.typed}
          wrong={saying.wrong}
          files={saying.files}
          replyTo={saying.answered?.kind === "text" ? saying.answered : null}
        />
      ) : person.blocked || person.gone ? (
        <p class="say muted">
          <Isolated words={(person.blocked ? t.talk.blocked : t.talk.gone)(isolate(person.name))} />
        </p>
      ) : null}
    </section>
  );
}

function Head({ t, one: { person, trust, way } }: { t: Messages; one: ConversationView }) {
  const k = t.talk;
  const state =
    trust.kind === "changed"
      ? k.stopped
      : way === "sealed"
        ? k.encrypted
        : way === "unknown"
          ? k.notYet
          : way === "mail"
            ? t.elsewhere.stateMail
            : k.notEncrypted;
  return (
    <header class="who-line" data-region="who" data-when="messages people">
      <a class="btn bare back" href="/messages">
        <Icon name="back" turn />
        {k.back}
        <span class="vh"> {k.backTo}</span>
      </a>
      <Face person={person} media={MEDIA} />
      <div class="grow">
        <div class="row">
          <h2>
            <a class="name" href={`/people/${person.id}`}>
              <bdi>{person.name}</bdi>
            </a>
          </h2>
          <TrustTag t={t} trust={trust} />
        </div>
        <p class="small muted">
          {state}
          {" · "}
          <a href={`/messages/${person.id}/verify`}>{way === "open" ? t.elsewhere.keyLink : k.verifyLink}</a>
        </p>
      </div>
    </header>
  );
}

type TalkProps = {
  t: Messages;
  token: string;
  one: ConversationView;
  page: Paged<MessageView>;
  link: LinkTo;
  now: number;
  still: boolean;
  children: (VNode | null)[];
};

/** Oldest first, with a line for each day. The newest is where a reader begins. */
function Talk({ t, token, one, page, link, now, still, children }: TalkProps) {
  const { person, unread, trust } = one;
  const path = `/messages/${person.id}`;
  const messages = page.items.toReversed();
  return (
    <div
      class="talk"
      id="talk"
      data-region="talk"
      data-when="messages"
      data-unseen={unread > 0 ? path : undefined}
    >
      <Pager t={t} page={page} path={path} older={t.talk.older} newer={t.talk.newer} />
      {messages.map((message, at) => {
        const before = messages[at - 1];
        const on = dayOf(t, message.at, now);
        return (
          <>
            {before !== undefined && dayOf(t, before.at, now) === on ? null : <p class="day">{on}</p>}
            <Bubble
              {...{ t, token, message, path, link, still }}
              name={person.name}
              host={person.host}
              held={trust.kind === "changed"}
            />
          </>
        );
      })}
      {messages.length === 0 && !still ? <Nothing t={t} way={one.way} /> : null}
      {children}
      {unread === 0 ? null : (
        <span class="vh" data-say>
          {t.talk.newOnes(unread)}
        </span>
      )}
    </div>
  );
}

function dayOf(t: Messages, at: number, now: number): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / 86_400_000);
  if (days < -1 || days > 0) return day(t, at);
  const words = new Intl.RelativeTimeFormat(t.locale, { numeric: "auto" }).format(days, "day");
  return words.charAt(0).toLocaleUpperCase(t.locale) + words.slice(1);
}

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0);

function Nothing({ t, way }: { t: Messages; way: ConversationView["way"] }) {
  return (
    <div class="empty">
      <EmptyTable />
      {way === "open" ? null : <p class="muted">{t.talk.chooseHint}</p>}
    </div>
  );
}

function NotSeen({ t }: { t: Messages }) {
  return (
    <div class="note calm">
      <Icon name="clock" />
      <p>{t.talk.unknown}</p>
    </div>
  );
}
