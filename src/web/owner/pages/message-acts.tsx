import type { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { editMessage } from "../../../social/messages/edit.ts";
import { LETTER_LIMITS } from "../../../social/messages/letter.ts";
import { conversationWith } from "../../../social/messages/list.ts";
import { reactToMessage } from "../../../social/messages/react.ts";
import { clearConversation, removeMessage } from "../../../social/messages/remove.ts";
import { setTimer } from "../../../social/messages/set-timer.ts";
import { messageOf } from "../../../social/messages/thread.ts";
import type { MessageView } from "../../../social/messages/view.ts";
import { Field, Form } from "../../html/form.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { PageHead } from "../../html/page-head.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, PageParts, Visit } from "../kit.ts";

/** What is done with a message after it was sent, and how long messages stay. */
export function messageActRoutes(kit: Kit, router: Router): void {
  kit.post(router, "/messages/:person/react/:id", async (visit) => {
    const { acting, fields, now } = visit;
    const { id } = await messageIn(visit);
    const off = fields.text("off");
    const given = off === "" ? { emoji: fields.text("emoji"), on: true } : { emoji: off, on: false };
    await acting.transact((tx) => reactToMessage(tx, id, given, now, acting.random));
    visit.go(`${pathOf(visit)}#m${id}`);
  });
  kit.get(router, "/messages/:person/edit/:id", async (visit) => {
    const message = await ownIn(visit);
    await visit.show(editPage(visit, message, message.text));
  });
  kit.post(router, "/messages/:person/edit/:id", edit);
  kit.get(router, "/messages/:person/delete/:id", async (visit) => {
    const { acting, part, now } = visit;
    const { person } = await conversationWith(acting.read, acting.me, part("person"), now);
    await visit.show(removePage(visit, await messageIn(visit), person.host));
  });
  kit.post(router, "/messages/:person/delete/:id", async (visit) => {
    const { acting, fields, now } = visit;
    const { id } = await messageIn(visit);
    const scope = fields.text("scope") === "both" ? "both" : "here";
    await acting.transact((tx) => removeMessage(tx, id, scope, now, acting.random));
    visit.go(`${pathOf(visit)}#say`);
  });
  kit.get(router, "/messages/:person/clear", async (visit) => visit.show(await clearPage(visit)));
  kit.post(router, "/messages/:person/clear", async (visit) => {
    await clearConversation(visit.acting, visit.part("person"));
    visit.go("/messages", visit.t.talk.cleared);
  });
  kit.get(router, "/messages/:person/timer", async (visit) => visit.show(await timerPage(visit)));
  kit.post(router, "/messages/:person/timer", async (visit) => {
    const { acting, fields, now, part } = visit;
    const seconds = Number(fields.text("timer"));
    await acting.transact((tx) => setTimer(tx, acting.me, part("person"), seconds, now, acting.random));
    visit.go(`${pathOf(visit)}#say`);
  });
}

const pathOf = ({ part }: Visit) => `/messages/${part("person")}`;

async function messageIn({ acting, part, now }: Visit): Promise<MessageView> {
  const message = await messageOf(acting.read, part("id"), now);
  if (message === null || message.personId !== part("person"))
    throw new NodeError("message-not-found", "none of that id");
  return message;
}

async function ownIn(visit: Visit): Promise<MessageView> {
  const message = await messageIn(visit);
  if (!message.own || message.kind !== "text" || message.form !== "letter")
    throw new NodeError("message-not-found", "not the owner's");
  return message;
}

async function edit(visit: Visit): Promise<void> {
  const { acting, fields, now, t } = visit;
  const message = await ownIn(visit);
  const text = fields.text("text");
  try {
    await acting.transact((tx) => editMessage(tx, message.id, text, now, acting.random));
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    return visit.show(editPage(visit, message, text, sentence(t, known)));
  }
  visit.go(`${pathOf(visit)}#m${message.id}`);
}

function editPage(visit: Visit, { id }: MessageView, text: string, wrong?: string): PageParts {
  const { t, token } = visit;
  return actPage(
    visit,
    t.talk.editTitle,
    <Form action={`${pathOf(visit)}/edit/${id}`} token={token} class="card roomy stack">
      <Field id="text" label={t.talk.label} hint={t.talk.editHint} wrong={wrong}>
        {(describedBy) => (
          <textarea
            id="text"
            name="text"
            rows={6}
            dir="auto"
            maxlength={LETTER_LIMITS.text}
            aria-describedby={describedBy}
          >
            {text}
          </textarea>
        )}
      </Field>
      <div class="row end">
        <button class="btn main-do" type="submit">
          {t.talk.editGo}
        </button>
      </div>
    </Form>,
    wrong === undefined ? 200 : 422,
  );
}

function removePage(
  visit: Visit,
  { id, own, kind, text, form, files }: MessageView,
  host: string,
): PageParts {
  const { t, token } = visit;
  const k = t.talk;
  const both = own && kind === "text";
  const lead = form === "letter" ? k.removeLead : t.elsewhere.removeLead(isolate(host));
  return actPage(
    visit,
    k.removeTitle,
    <Form action={`${pathOf(visit)}/delete/${id}`} token={token} class="card roomy stack">
      {kind !== "text" || text === "" ? null : (
        <blockquote class="quoted" dir="auto">
          {[...text].slice(0, 400).join("")}
        </blockquote>
      )}
      <p>
        <Isolated words={both ? lead : k.removeLeadTheirs} />
      </p>
      {files.length === 0 ? null : <p>{t.talkFiles.removeFiles(files.length)}</p>}
      <div class="row">
        {both ? (
          <button class="btn risk" type="submit" name="scope" value="both">
            {k.removeBoth}
          </button>
        ) : null}
        <button class="btn risk" type="submit" name="scope" value="here">
          {k.removeHere}
        </button>
        <a class="btn" href={`${pathOf(visit)}#m${id}`}>
          {k.cancel}
        </a>
      </div>
    </Form>,
  );
}

async function clearPage(visit: Visit): Promise<PageParts> {
  const { acting, t, token, part, now } = visit;
  const { person } = await conversationWith(acting.read, acting.me, part("person"), now);
  return actPage(
    visit,
    t.talk.clearTitle,
    <Form action={`${pathOf(visit)}/clear`} token={token} class="card roomy stack">
      <p>
        <Isolated words={t.talk.clearLead(isolate(person.name))} />
      </p>
      <div class="row">
        <button class="btn risk" type="submit">
          {t.talk.clearGo}
        </button>
        <a class="btn" href={`${pathOf(visit)}#say`}>
          {t.talk.cancel}
        </a>
      </div>
    </Form>,
  );
}

async function timerPage(visit: Visit): Promise<PageParts> {
  const { acting, t, token, part, now } = visit;
  const { timer } = await conversationWith(acting.read, acting.me, part("person"), now);
  return actPage(
    visit,
    t.talk.timerTitle,
    <Form action={`${pathOf(visit)}/timer`} token={token} class="card roomy stack">
      <p class="muted">{t.talk.timerLead}</p>
      <fieldset>
        <legend class="vh">{t.talk.timerTitle}</legend>
        {Object.entries(t.talk.timerChoices).map(([seconds, words]) => (
          <label class="choice">
            <input type="radio" name="timer" value={seconds} checked={seconds === String(timer)} />
            <span>
              <b>{words}</b>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="row end">
        <button class="btn main-do" type="submit">
          {t.save}
        </button>
      </div>
      <p>
        <a href={`${pathOf(visit)}/clear`}>{t.talk.clearLink}</a>
      </p>
    </Form>,
  );
}

function actPage(visit: Visit, heading: string, main: PageParts["main"], status = 200): PageParts {
  const { t } = visit;
  return {
    title: t.talk.title,
    current: "messages",
    status,
    main: (
      <>
        <PageHead up={`${pathOf(visit)}#say`} back={t.talk.back}>
          {heading}
        </PageHead>
        {main}
      </>
    ),
  };
}
