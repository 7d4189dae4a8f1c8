import { addWords } from "../../../social/muting/add-words.ts";
import { changeWord, changeWordSet } from "../../../social/muting/change-words.ts";
import { listWords, wordById, wordsOfSet } from "../../../social/muting/list-words.ts";
import { endOf } from "../../../social/muting/mute.ts";
import { removeWord } from "../../../social/muting/remove-words.ts";
import type { MutedWord } from "../../../social/muting/words.ts";
import type { Answer, Call } from "../call.ts";
import type { Door } from "../door.ts";
import { flag, text } from "../fields.ts";
import { notFound } from "../refuse.ts";
import { oldFilterOf } from "../shapes/filter.ts";
import { seconds } from "./mutes.ts";

/** Muted words one by one, as apps knew them before Mastodon 4. */
export function oldFilterRoutes(door: Door): void {
  door.get("/api/v1/filters", "read:filters", async ({ acting }) => ({
    json: (await listWords(acting.read)).map(oldFilterOf),
  }));
  door.post("/api/v1/filters", "write:filters", create);
  door.get("/api/v1/filters/:id", "read:filters", async (call) => ({
    json: oldFilterOf(await wordOf(call)),
  }));
  door.put("/api/v1/filters/:id", "write:filters", change);
  door.delete("/api/v1/filters/:id", "write:filters", async (call) => {
    const { id } = await wordOf(call);
    await call.acting.transact((tx) => removeWord(tx, id));
    return { json: {} };
  });
}

async function wordOf({ acting, part }: Call): Promise<MutedWord> {
  const word = await wordById(acting.read, part("id"));
  if (word === null) throw notFound();
  return word;
}

async function create({ acting, fields }: Call): Promise<Answer> {
  const now = acting.now();
  const words = [{ words: text(fields, "phrase") ?? "", whole: flag(fields, "whole_word") }];
  const action = flag(fields, "irreversible") ? "hide" : "warn";
  const until = endOf(seconds(text(fields, "expires_in")) * 1_000, now);
  const setId = await acting.transact((tx) => addWords(tx, { words, action, until }, now, acting.random));
  const [word] = await wordsOfSet(acting.read, setId);
  if (word === undefined) throw notFound();
  return { json: oldFilterOf(word) };
}

async function change(call: Call): Promise<Answer> {
  const { acting, fields } = call;
  const { id, setId } = await wordOf(call);
  const phrase = text(fields, "phrase");
  const lasting = text(fields, "expires_in");
  await acting.transact(async (tx) => {
    await changeWord(tx, id, {
      ...(phrase === undefined ? {} : { words: phrase }),
      ...(text(fields, "whole_word") === undefined ? {} : { whole: flag(fields, "whole_word") }),
    });
    await changeWordSet(tx, setId, {
      ...(text(fields, "irreversible") === undefined
        ? {}
        : { action: flag(fields, "irreversible") ? "hide" : "warn" }),
      ...(lasting === undefined ? {} : { until: endOf(seconds(lasting) * 1_000, acting.now()) }),
    });
  });
  return { json: oldFilterOf(await wordOf(call)) };
}
