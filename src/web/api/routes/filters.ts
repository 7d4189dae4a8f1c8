import { addToSet, addWords, type NewWord } from "../../../social/muting/add-words.ts";
import {
  changeWord,
  changeWordSet,
  type SetChange,
  type WordChange,
} from "../../../social/muting/change-words.ts";
import { listWords, wordById, wordsOfSet } from "../../../social/muting/list-words.ts";
import { endOf } from "../../../social/muting/mute.ts";
import { removeWord, removeWordSet } from "../../../social/muting/remove-words.ts";
import type { MutedWord, WordAction } from "../../../social/muting/words.ts";
import type { Answer, Call } from "../call.ts";
import type { Door } from "../door.ts";
import { type Fields, flag, isTrue, list, text } from "../fields.ts";
import { notFound, notUnderstood } from "../refuse.ts";
import { filterOf, filtersOf, keywordOf } from "../shapes/filter.ts";
import { seconds } from "./mutes.ts";

const MOST_KEYWORDS = 100;

/** Words the owner does not want to see, as apps know them. Matching is done here, so that `filtered` of a status says it. */
export function filterRoutes(door: Door): void {
  door.get("/api/v2/filters", "read:filters", async ({ acting }) => ({
    json: filtersOf(await listWords(acting.read)),
  }));
  door.post("/api/v2/filters", "write:filters", create);
  door.get("/api/v2/filters/:id", "read:filters", async (call) => shown(await setOf(call, call.part("id"))));
  door.put("/api/v2/filters/:id", "write:filters", change);
  door.delete("/api/v2/filters/:id", "write:filters", async (call) => {
    const [{ setId }] = await setOf(call, call.part("id"));
    await call.acting.transact((tx) => removeWordSet(tx, setId));
    return { json: {} };
  });
  keywordRoutes(door);
}

function keywordRoutes(door: Door): void {
  door.get("/api/v2/filters/:id/keywords", "read:filters", async (call) => ({
    json: (await setOf(call, call.part("id"))).map(keywordOf),
  }));
  door.post("/api/v2/filters/:id/keywords", "write:filters", addKeyword);
  door.get("/api/v2/filters/keywords/:id", "read:filters", async (call) => ({
    json: keywordOf(await wordOf(call)),
  }));
  door.put("/api/v2/filters/keywords/:id", "write:filters", async (call) => {
    const { id } = await wordOf(call);
    await call.acting.transact((tx) => changeWord(tx, id, wordChange(call.fields)));
    return { json: keywordOf(await wordOf(call)) };
  });
  door.delete("/api/v2/filters/keywords/:id", "write:filters", async (call) => {
    const { id } = await wordOf(call);
    await call.acting.transact((tx) => removeWord(tx, id));
    return { json: {} };
  });
  door.get("/api/v2/filters/:id/statuses", "read:filters", async (call) => {
    await setOf(call, call.part("id"));
    return { json: [] };
  });
}

type WordSet = [MutedWord, ...MutedWord[]];

async function setOf({ acting }: Call, setId: string): Promise<WordSet> {
  const [first, ...rest] = await wordsOfSet(acting.read, setId);
  if (first === undefined) throw notFound();
  return [first, ...rest];
}

async function wordOf({ acting, part }: Call): Promise<MutedWord> {
  const word = await wordById(acting.read, part("id"));
  if (word === null) throw notFound();
  return word;
}

function shown(words: readonly MutedWord[]): Answer {
  return { json: filterOf(words) };
}

async function create(call: Call): Promise<Answer> {
  const { acting, fields } = call;
  const title = (text(fields, "title") ?? "").trim();
  const words = newWords(fields);
  if (words.length === 0) throw notUnderstood("A filter needs at least one keyword.");
  const change = setChange(fields, acting.now());
  const added = { words, title, action: change.action ?? "warn", until: change.until ?? 0 };
  const setId = await acting.transact((tx) => addWords(tx, added, acting.now(), acting.random));
  return shown(await setOf(call, setId));
}

async function change(call: Call): Promise<Answer> {
  const { acting, fields } = call;
  const words = await setOf(call, call.part("id"));
  const [{ setId, title, action, until }] = words;
  const ours = new Map(words.map((word) => [word.id, word]));
  const wanted = keywordsIn(fields);
  if (wanted.some(({ id }) => id !== "" && !ours.has(id))) throw notFound();
  const removed = wanted.filter(({ id, remove }) => remove && ours.has(id));
  const added = wanted.flatMap(({ id, words: said, whole }) =>
    id === "" && said !== undefined ? [{ words: said, whole: whole ?? false }] : [],
  );
  if (removed.length === words.length && added.length === 0) {
    throw notUnderstood("A filter needs at least one keyword. Delete the filter instead.");
  }
  await acting.transact(async (tx) => {
    for (const { id } of removed) await removeWord(tx, id);
    for (const { id, remove, words: said, whole } of wanted) {
      if (id === "" || remove) continue;
      const renamed = said === undefined ? {} : { words: said };
      await changeWord(tx, id, { ...renamed, ...(whole === undefined ? {} : { whole }) });
    }
    const set = { words: added, title, action, until };
    if (added.length > 0) await addToSet(tx, setId, set, acting.now(), acting.random);
    await changeWordSet(tx, setId, setChange(fields, acting.now()));
  });
  return shown(await setOf(call, setId));
}

async function addKeyword(call: Call): Promise<Answer> {
  const { acting, fields } = call;
  const [{ setId, title, action, until }] = await setOf(call, call.part("id"));
  const words = [{ words: text(fields, "keyword") ?? "", whole: flag(fields, "whole_word") }];
  const [id = ""] = await acting.transact((tx) =>
    addToSet(tx, setId, { words, title, action, until }, acting.now(), acting.random),
  );
  const word = await wordById(acting.read, id);
  if (word === null) throw notFound();
  return { json: keywordOf(word) };
}

function setChange(fields: Fields, now: number): SetChange {
  const title = text(fields, "title");
  const lasting = text(fields, "expires_in");
  return {
    ...(title === undefined ? {} : { title }),
    ...(text(fields, "filter_action") === undefined ? {} : { action: actionOf(fields) }),
    ...(lasting === undefined ? {} : { until: endOf(seconds(lasting) * 1_000, now) }),
  };
}

/** "blur" folds here, for a fold covers pictures too. */
function actionOf(fields: Fields): WordAction {
  return text(fields, "filter_action") === "hide" ? "hide" : "warn";
}

function wordChange(fields: Fields): WordChange {
  const words = text(fields, "keyword");
  return {
    ...(words === undefined ? {} : { words }),
    ...(text(fields, "whole_word") === undefined ? {} : { whole: flag(fields, "whole_word") }),
  };
}

function newWords(fields: Fields): NewWord[] {
  return keywordsIn(fields).flatMap(({ words, whole }) =>
    words === undefined ? [] : [{ words, whole: whole ?? false }],
  );
}

type Keyword = { id: string; words?: string; whole?: boolean; remove: boolean };

/** As JSON or numbered (`keywords_attributes[0][keyword]`), or as a form without numbers (`keywords_attributes[][keyword]`). */
function keywordsIn(fields: Fields): Keyword[] {
  const found: Keyword[] = [];
  for (let at = 0; at < MOST_KEYWORDS; at += 1) {
    const of = (name: string): string | undefined =>
      text(fields, `keywords_attributes[${at}][${name}]`) ??
      list(fields, `keywords_attributes[][${name}]`)[at];
    const [id, words, whole, destroy] = [of("id") ?? "", of("keyword"), of("whole_word"), of("_destroy")];
    if (words === undefined && id === "") break;
    found.push({
      id,
      ...(words === undefined ? {} : { words }),
      ...(whole === undefined ? {} : { whole: isTrue(whole) }),
      remove: destroy !== undefined && isTrue(destroy),
    });
  }
  return found;
}
