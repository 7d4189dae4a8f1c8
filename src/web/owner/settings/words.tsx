import type { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { addWords } from "../../../social/muting/add-words.ts";
import { changeWord, changeWordSet } from "../../../social/muting/change-words.ts";
import { listWords, wordById } from "../../../social/muting/list-words.ts";
import { removeWord } from "../../../social/muting/remove-words.ts";
import { holdsAt, type MutedWord, type WordAction } from "../../../social/muting/words.ts";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { dayAndTime } from "../../html/time.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { settingPage } from "./setting-page.tsx";
import { LASTING, type Lasting, type Typed, WordForm } from "./word-form.tsx";

/** Words the owner does not want to see: one list, each on a page of its own to change it. */
export function wordRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/words", (visit) => showList(visit, emptyForm, 200));
  kit.post(router, "/settings/words", add);
  kit.get(router, "/settings/words/:id", async (visit) => showOne(visit, typedOf(await wordOf(visit)), 200));
  kit.post(router, "/settings/words/:id", change);
  kit.post(router, "/settings/words/:id/remove", async (visit) => {
    await visit.acting.transact((tx) => removeWord(tx, visit.part("id")));
    visit.go("/settings/words", visit.t.words.removed);
  });
}

const emptyForm: Typed = { words: "", whole: true, action: "warn", lasting: "always", wrong: undefined };

function typedOf({ words, whole, action }: MutedWord): Typed {
  return { words, whole, action, lasting: "keep", wrong: undefined };
}

function typedIn({ fields }: Visit): Typed {
  const action: WordAction = fields.text("action") === "hide" ? "hide" : "warn";
  const lasting = Object.keys(LASTING).find((one): one is Lasting => one === fields.text("lasting"));
  return {
    words: fields.text("words"),
    whole: fields.text("whole") !== "no",
    action,
    lasting: lasting ?? "keep",
    wrong: undefined,
  };
}

function untilOf(lasting: Lasting, now: number): number {
  return LASTING[lasting] === 0 ? 0 : now + LASTING[lasting];
}

async function wordOf({ acting, part }: Visit): Promise<MutedWord> {
  const word = await wordById(acting.read, part("id"));
  if (word === null) throw new NodeError("not-found", "no such words");
  return word;
}

async function add(visit: Visit): Promise<void> {
  const { acting, now, t } = visit;
  const typed = typedIn(visit);
  const { words, whole, action, lasting } = typed;
  const until = lasting === "keep" ? 0 : untilOf(lasting, now);
  try {
    await acting.transact((tx) =>
      addWords(tx, { words: [{ words, whole }], action, until }, now, acting.random),
    );
  } catch (error) {
    return showList(visit, { ...typed, wrong: wrongOf(visit, error) }, 422);
  }
  visit.go("/settings/words", t.words.saved);
}

async function change(visit: Visit): Promise<void> {
  const { acting, now, t } = visit;
  const word = await wordOf(visit);
  const typed = typedIn(visit);
  const { words, whole, action, lasting } = typed;
  try {
    await acting.transact(async (tx) => {
      await changeWord(tx, word.id, { words, whole });
      const until = lasting === "keep" ? {} : { until: untilOf(lasting, now) };
      await changeWordSet(tx, word.setId, { action, ...until });
    });
  } catch (error) {
    return showOne(visit, { ...typed, wrong: wrongOf(visit, error) }, 422);
  }
  visit.go("/settings/words", t.words.saved);
}

function wrongOf({ t }: Visit, error: unknown): string {
  const known = asNodeError(error);
  if (known.code === "internal") throw error;
  return sentence(t, known);
}

async function showList(visit: Visit, typed: Typed, status: number): Promise<void> {
  const { acting, t, token, now } = visit;
  const words = await listWords(acting.read);
  const main = (
    <>
      <section class="card stack" aria-labelledby="list-h">
        <h2 id="list-h">{t.words.list}</h2>
        <p class="small muted">{t.words.lead}</p>
        {words.length === 0 ? <p>{t.words.none}</p> : null}
        <ul class="list">
          {words.map((word) => (
            <WordRow t={t} token={token} word={word} now={now} />
          ))}
        </ul>
      </section>
      <section class="card roomy stack" aria-labelledby="add-h">
        <h2 id="add-h">{t.words.add}</h2>
        <WordForm t={t} token={token} action="/settings/words" typed={typed} go={t.words.addGo} />
      </section>
    </>
  );
  await visit.show(settingPage(visit, t.words.title, main, status));
}

async function showOne(visit: Visit, typed: Typed, status: number): Promise<void> {
  const { t, token, part } = visit;
  const main = (
    <section class="card roomy stack">
      <WordForm
        t={t}
        token={token}
        action={`/settings/words/${part("id")}`}
        typed={typed}
        go={t.words.changeGo}
        changing
      />
    </section>
  );
  await visit.show(settingPage(visit, t.words.title, main, status));
}

type RowProps = { t: Visit["t"]; token: string; word: MutedWord; now: number };

function WordRow({ t, token, word, now }: RowProps) {
  const w = t.words;
  const isOver = !holdsAt(word.until, now);
  return (
    <li class="stack tight">
      <p>
        <b dir="auto">{word.words}</b>
        <br />
        <span class="small muted">
          {word.whole ? w.wholeTag : w.partTag}, {word.action === "hide" ? w.hideTag : w.warnTag}
          {word.until === 0
            ? ""
            : `, ${isOver ? w.over(dayAndTime(t, word.until)) : w.until(dayAndTime(t, word.until))}`}
        </span>
      </p>
      <div class="row">
        <a class="btn" href={`/settings/words/${word.id}`}>
          <Icon name="pen" />
          {w.edit}
          <span class="vh"> {word.words}</span>
        </a>
        <Form action={`/settings/words/${word.id}/remove`} token={token}>
          <button class="btn" type="submit">
            {w.remove}
            <span class="vh"> {word.words}</span>
          </button>
        </Form>
      </div>
    </li>
  );
}
