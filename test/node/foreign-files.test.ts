import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createForeignFiles } from "../../src/foreign-files.ts";
import { removeDropped } from "../../src/social/media/drop.ts";
import { setForeignFiles } from "../../src/social/media/foreign-files.ts";
import { keepCopy, trimCopies } from "../../src/social/media/kept-copies.ts";
import { blockHost } from "../../src/social/people/block-host.ts";
import { changeSetting } from "../../src/social/settings/settings.ts";
import { saveAsked } from "../../src/social/subscriptions/queries.ts";
import { type House, openHouse } from "../support/api-house.ts";
import { png } from "../support/png.ts";

let house: House;

beforeEach(async () => {
  house = await openHouse("Anna");
});
afterEach(() => house[Symbol.asyncDispose]());

const isOnDisk = (id: string) =>
  house.store.media
    .read(id)
    .toArray()
    .then(
      () => true,
      () => false,
    );
const DAY = 24 * 60 * 60_000;

/** Somebody's post with these pictures. */
async function theirs(ahead: boolean, said: number): Promise<void> {
  const eve = await house.meet("eve", "eve.example");
  const post = await house.postOf(await house.hear(eve, { html: "look", mentionsMe: true }));
  const blank = { kind: "picture" as const, type: "image/jpeg", alt: "", name: "", blurhash: "" };
  const cards = [1, 2, 3].map((n) => ({
    ...{ ...blank, width: 0, height: 0, length: 0, bytes: 0 },
    url: `http://eve.example/${n}`,
  }));
  const { now, transact } = house.acting;
  await transact((tx) => setForeignFiles(tx, post.id, cards, { ahead, said, now: now() }));
}

test("pictures of old posts that come late are not fetched ahead, those of new ones are", async () => {
  const jobs = () => house.store.read.job.count({ where: { kind: "fetch-file" } });
  const { now } = house.acting;
  await theirs(true, now() - 4 * DAY);
  expect(await jobs()).toBe(0);
  await theirs(true, now() - DAY);
  expect(await jobs()).toBe(3);
});

test("a picture of somebody whose host was blocked since it was planned is not fetched", async () => {
  const { me, now, transact } = house.acting;
  await theirs(true, now());
  await transact((tx) => blockHost(tx, "eve.example", now()));
  expect(await fetched(me.ownerId)).toEqual([{ stop: "not-allowed" }, "asked nobody"]);
});

test("a file is asked for on a circuit of its own where nobody and the owner subscribe to one another", async () => {
  const { me, now, transact } = house.acting;
  await theirs(true, now());
  expect(await fetched(me.ownerId)).toEqual(["done", "asked once http://eve.example/1"]);
  const { authorId: personId } = await house.store.read.post.findFirstOrThrow();
  const key = { subscriberId: me.ownerId, personId };
  await transact((tx) => saveAsked(tx, key, "http://x.example/1", "accepted", now()));
  await theirs(true, now());
  expect(await fetched(me.ownerId)).toEqual(["done", "asked shared http://eve.example/1"]);
});

/** Does the newest job of a file, as if its time had come. */
async function fetched(ownerId: string): Promise<unknown[]> {
  let asked = "asked nobody";
  const by =
    (way: string): typeof fetch =>
    async (input) => {
      asked = `asked ${way} ${new Request(input).url}`;
      return new Response(new Uint8Array(png(9, 9)));
    };
  const { job } = createForeignFiles({
    ...{ store: house.store, identity: { ownerId }, now: house.acting.now, random: () => 0.5 },
    ...{ fetch: by("shared"), fetchOnce: by("once"), sign: async (request: Request) => request },
  });
  const rows = await house.store.read.job.findMany({
    where: { kind: "fetch-file" },
    orderBy: { createdAt: "asc" },
  });
  const row = rows.at(-3);
  const about = JSON.parse(row?.about ?? "{}");
  const spec = { id: "j", kind: "fetch-file", peer: "", about, createdAt: 0, tries: 1 };
  return [await job(spec, new AbortController().signal), asked];
}

test("of others' files the oldest go when it is more than the owner wants to keep", async () => {
  await theirs(false, 0);
  const { now, transact } = house.acting;
  const rows = await house.store.read.attachment.findMany({ orderBy: { place: "asc" } });
  const kept: string[] = [];
  for (const { id } of rows) {
    const mediaId = await house.store.media.put(randomBytes(100));
    kept.push(mediaId);
    await transact((tx) =>
      keepCopy(tx, id, { id: mediaId, type: "image/jpeg", bytes: 60 * 1024 * 1024 }, now()),
    );
  }
  expect((await house.store.read.attachment.findMany()).every(({ mediaId }) => mediaId !== "")).toBe(true);
  await transact(async (tx) => {
    await changeSetting(tx, "media.cache", "100");
    await trimCopies(tx);
  });
  await removeDropped(house.store);
  const left = await house.store.read.attachment.findMany({ orderBy: { place: "asc" } });
  expect(left.map(({ mediaId }) => mediaId)).toEqual(["", "", kept[2]]);
  expect(await Promise.all(kept.map(isOnDisk))).toEqual([false, false, true]);
});
