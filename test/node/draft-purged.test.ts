import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemRandom } from "../../src/lib/ids.ts";
import { readDraft, saveDraft } from "../../src/social/articles/draft.ts";
import { forNobodyElse } from "../../src/social/audiences/choice.ts";
import { createIdentity } from "../../src/social/identity/create-identity.ts";
import { publish } from "../../src/social/posts/publish.ts";
import { remove } from "../../src/social/posts/remove.ts";
import { followStore } from "../../src/upkeep.ts";
import { eventually } from "../support/eventually.ts";
import { createStoreFolder, type StoreFolder, silent } from "./store/open.ts";

let folder: StoreFolder;
beforeEach(() => {
  folder = createStoreFolder();
});
afterEach(() => folder[Symbol.dispose]());

test("C5: with a long post goes what was being changed in it, from the file too", async () => {
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await folder.open());
  followStore(stack, store, () => {}, silent);
  const now = Date.now();
  const me = await store.transact((tx) => createIdentity(tx, { name: "Nora", random: systemRandom }, now));
  const canary = `velvet-${randomBytes(8).toString("hex")}`;
  const draft = { title: "Bread", text: "Rye.", reach: "me" as const };
  const id = await store.transact((tx) => publish(tx, me, draft, now, systemRandom));
  const form = {
    id: "",
    warning: "",
    language: "en",
    ...{ choice: forNobodyElse, answerable: null },
    quotable: "everyone" as const,
    savedAt: now,
  };
  await store.transact((tx) => saveDraft(tx, id, { ...form, ...draft, text: canary.repeat(300) }));
  await store.transact((tx) => remove(tx, me, id, now));
  expect(await readDraft(store.read, id)).toBeNull();
  await eventually("no page of the file has it", async () => {
    const db = folder.bare();
    const pages = db.serialize();
    db.close();
    return !pages.includes(canary);
  });
});
