import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { saveDraft } from "../../../social/messages/draft.ts";
import { MESSAGE_FILES } from "../../../social/messages/files/file.ts";
import { conversationWith, listConversations } from "../../../social/messages/list.ts";
import { markRead } from "../../../social/messages/mark-read.ts";
import { messageOf } from "../../../social/messages/thread.ts";
import type { MessageView } from "../../../social/messages/view.ts";
import { writeMessage } from "../../../social/messages/write.ts";
import { ConversationList } from "../../html/conversation-list.tsx";
import { EmptyTable } from "../../html/icon.tsx";
import { sentence } from "../../messages/messages.ts";
import { inBackground } from "../in-background.ts";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { conversation, type Saying } from "./conversation.tsx";
import { messageActRoutes } from "./message-acts.tsx";
import { elsewhereRoutes } from "./message-elsewhere.tsx";
import { messageFileRoutes } from "./message-file-acts.ts";
import { messageKeyRoutes } from "./message-key.tsx";
import { tellNew } from "./message-news.ts";
import { messageSearchRoutes } from "./message-search.tsx";
import { asksForFiles, typedFiles } from "./typed-files.ts";

const A_PAGE = 30;
const noFiles = { files: [], fileTrouble: null };
const nothingTyped: Saying = { typed: "", replyTo: "", wrong: undefined, files: noFiles };

/** Messages between the owner and one person each. */
export function messageRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/messages", showList);
  kit.get(router, "/live/messages", tellNew);
  messageSearchRoutes(kit, router);
  messageActRoutes(kit, router);
  messageKeyRoutes(kit, router);
  elsewhereRoutes(kit, router);
  messageFileRoutes(kit, router);
  kit.get(router, "/messages/:person", async (visit) => {
    const { acting, now, part, req, fields } = visit;
    // Throws for whom there is no conversation with.
    const { unread } = await conversationWith(acting.read, acting.me, part("person"), now);
    // A page that renews itself behind another window was not read.
    if (unread > 0 && !inBackground(req)) await seen(visit);
    const typed = await given(visit);
    await show(kit, visit, { ...nothingTyped, typed, replyTo: fields.text("reply") });
  });
  kit.post(router, "/messages/:person", (visit) => say(kit, visit));
  return router;
}

const seen = ({ acting, part, now }: Visit) =>
  acting.transact((tx) => markRead(tx, part("person"), now, acting.random));

/** One of this conversation; null: there is none. */
async function messageHere({ acting, part, now }: Visit, id: string): Promise<MessageView | null> {
  const found = /^[0-9a-f]{32}$/.test(id) ? await messageOf(acting.read, id, now) : null;
  return found?.personId === part("person") ? found : null;
}

/** Words that a link puts into the field, below what was begun: a message that did not get there, or that one is asked for again. */
async function given(visit: Visit): Promise<string> {
  const { acting, fields, part, now, t } = visit;
  const asked = fields.text("with");
  const again = await messageHere(visit, asked);
  const words = asked === "lost" ? t.talk.lostWords : again?.own === true ? again.text : "";
  if (words === "") return "";
  const { draft } = await conversationWith(acting.read, acting.me, part("person"), now);
  return draft.trim() === "" ? words : `${draft}\n${words}`;
}

async function say(kit: Kit, visit: Visit): Promise<void> {
  const { acting, fields, part, now, t, res, req } = visit;
  const personId = part("person");
  const path = `/messages/${personId}`;
  const { person, way } = await conversationWith(acting.read, acting.me, personId, now);
  const [text, replyToId] = [fields.text("text"), fields.text("replyTo")];
  const { most } = MESSAGE_FILES;
  const typed = await typedFiles(visit, { most, over: t.talkFiles.tooMany });
  switch (fields.text("do")) {
    case "seen":
      await seen(visit);
      return void res.status(204).end();
    case "save":
      await acting.transact((tx) => saveDraft(tx, personId, text, now));
      if (inBackground(req)) return void res.status(204).end();
      return visit.go(`${path}#say`, t.talk.draftSaved);
  }
  const back = { typed: text, replyTo: replyToId, wrong: undefined, files: typed };
  if (typed.fileTrouble !== null || asksForFiles(fields)) {
    await acting.transact((tx) => saveDraft(tx, personId, text, now));
    return show(kit, visit, back, typed.fileTrouble === null ? 200 : 422);
  }
  const files = typed.files.map(({ mediaId, alt, voice = false }) => ({ mediaId, alt, voice }));
  try {
    if (person.blocked || person.gone) throw new NodeError("not-allowed", "nobody to write to");
    // The page that was written on said that others cannot read along.
    if (way === "open" && fields.text("way") !== way)
      throw new NodeError("not-encrypted", "it said otherwise");
    await acting.transact((tx) =>
      writeMessage(tx, acting.me, { personId, text, replyToId, files }, now, acting.random),
    );
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    await acting.transact((tx) => saveDraft(tx, personId, text, now));
    return show(kit, visit, { ...back, wrong: sentence(t, known) }, 422);
  }
  visit.go(`${path}#say`);
}

async function showList(visit: Visit): Promise<void> {
  const { acting, t, token, now, fields } = visit;
  const page = await listConversations(acting.read, acting.me, askedPage(fields, A_PAGE), now);
  const isEmpty = page.items.length === 0 && page.newer === null;
  await visit.show({
    title: t.talk.title,
    current: "messages",
    wide: true,
    main: (
      <div class="chats">
        <h1 class="vh">{t.talk.title}</h1>
        <ConversationList {...{ t, token, now, page }} open="" />
        <section class="card convo" aria-label={t.talk.choose}>
          <div class="empty">
            <EmptyTable />
            <h2>{isEmpty ? t.talk.emptyHeading : t.talk.choose}</h2>
            <p class="muted">{t.talk.chooseHint}</p>
          </div>
        </section>
      </div>
    ),
  });
}

async function show(kit: Kit, visit: Visit, saying: Saying, status = 200): Promise<void> {
  const { acting, t, token, now, part } = visit;
  const page = await listConversations(acting.read, acting.me, { limit: A_PAGE }, now);
  const replyTo = await messageHere(visit, saying.replyTo);
  await visit.show({
    title: t.talk.title,
    current: "messages",
    wide: true,
    status,
    main: (
      <div class="chats open">
        <h1 class="vh">{t.talk.title}</h1>
        <ConversationList {...{ t, token, now, page }} open={part("person")} />
        {await conversation(kit, visit, { ...saying, answered: replyTo })}
      </div>
    ),
  });
}
