import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { filesOf } from "../../src/social/media/of-posts.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import { type MediaHost, openMediaHost } from "../support/media-host.ts";
import { say } from "../support/neighbours.ts";
import { png } from "../support/png.ts";

/** What is tried with files: those of this node, and copies of others' that it keeps. */
let at: Besieged;
let host: MediaHost;
beforeEach(async () => {
  at = await besiege();
  host = await openMediaHost(at.fediverse, at.anna);
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
  await at[Symbol.asyncDispose]();
});

const ACTIVITY = "application/activity+json";
const urlOf = (id: string) => `http://${at.anna.host}/media/${id}`;
const get = (id: string, headers: Record<string, string> = {}) =>
  host.ask(new Request(urlOf(id), { headers }));

async function published(bytes: Buffer, name: string): Promise<string> {
  const mediaId = await host.files.add(Readable.from([bytes]), { name, type: "application/octet-stream" });
  await say(at.anna, "a file", { files: [{ mediaId, alt: "" }] });
  return mediaId;
}

test("A24: a file that says it is a person or a post is nobody and nothing to another node", async () => {
  const ben = await at.fediverse.join("Ben");
  const actor = at.friend.documents.get(new URL(at.friend.uri).pathname) as object;
  for (const document of [actor, at.note(at.friend), { ...actor, id: at.anna.uri }]) {
    const id = await published(Buffer.from(JSON.stringify(document)), "actor.json");
    expect((await get(id, { accept: ACTIVITY })).headers.get("content-type")).toBe(
      "application/octet-stream",
    );
    await expect(ben.federation.lookUp(urlOf(id))).rejects.toMatchObject({ code: expect.any(String) });
    expect(await ben.federation.lookUpPost(urlOf(id)).catch(() => null)).toBeNull();
    for (const kind of ["posts", "people", "boosts", "quotes"]) {
      const answer = await host.ask(
        new Request(`http://${at.anna.host}/${kind}/${id}`, { headers: { accept: ACTIVITY } }),
      );
      expect(answer.status, kind).toBe(404);
    }
  }
  expect(await ben.store.read.person.count({ where: { host: at.anna.host } })).toBe(0);
  expect(await ben.store.read.post.count()).toBe(0);
});

test("A27: strangers who sign for files, as many as they like, do not starve who may see them", async () => {
  await using siege = await besiege({ limited: true });
  await using serving = await openMediaHost(siege.fediverse, siege.anna);
  const stranger = siege.stranger("sam");
  const bytes = Readable.from([Buffer.from("words")]);
  const mediaId = await serving.files.add(bytes, { name: "a.txt", type: "text/plain" });
  await say(siege.anna, "a file", {
    ...{ reach: "chosen", to: [idOf(siege.friend.uri)], files: [{ mediaId, alt: "" }] },
  });
  const url = `http://${siege.anna.host}/media/${mediaId}`;
  let refused = 0;
  for (let n = 0; refused === 0 && n < 2_000; n += 1) {
    const { status } = await serving.ask(stranger.signedGet(url));
    if (status === 429) refused += 1;
    else expect(status).toBe(404);
  }
  expect(refused).toBe(1);
  expect((await serving.ask(siege.friend.signedGet(url))).status).toBe(200);
});

describe("E15: the copy of somebody else's file", () => {
  async function kept(): Promise<{ id: string; mediaId: string; url: string }> {
    const note = at.note(at.friend, { to: at.anna.uri });
    const url = `${at.friend.origin}/f.png`;
    const attachment = [{ type: "Image", mediaType: "image/png", url, name: "a field" }];
    at.fediverse.interfere(at.friend.host, async (request, go) =>
      request.url === url ? new Response(new Uint8Array(png(9, 9))) : go(),
    );
    const create = at.activity(at.friend, "Create", { ...note, attachment }, { to: at.anna.uri });
    expect(await at.send(at.friend, create)).toBe(202);
    const [file] = (await filesOf(at.anna.store.read, [idOf(note.id)])).get(idOf(note.id)) ?? [];
    await host.foreign.fetchAttached(file?.id ?? "");
    const row = await at.anna.store.read.attachment.findUniqueOrThrow({ where: { id: file?.id ?? "" } });
    expect(row.mediaId).not.toBe("");
    return { id: row.id, mediaId: row.mediaId, url };
  }

  test("is served to nobody but the owner: not to a stranger, not to whoever it is from", async () => {
    const { id, mediaId, url } = await kept();
    const missing = await (await get("0".repeat(32))).text();
    for (const guess of [id, mediaId, idOf(url)]) {
      const answers = [
        await get(guess),
        await get(guess, { accept: ACTIVITY }),
        await get(guess, { range: "bytes=0-9" }),
        await host.ask(at.friend.signedGet(urlOf(guess))),
        await host.ask(at.attacker.signedGet(urlOf(guess))),
      ];
      for (const answer of answers) expect(answer.status).toBe(404);
      expect(await (await get(guess)).text()).toBe(missing);
    }
  });

  test.each([
    "/media?url=http://friend.example/f.png",
    "/media/http%3A%2F%2Ffriend.example%2Ff.png",
    "/media/attached/1",
    "/media/../vault.json",
    "/media/%2e%2e%2fvault.json",
    `/media/${"0".repeat(31)}%00`,
    `/media/${"A".repeat(32)}`,
    "/media/person/1",
  ])("%s leads nowhere, and nothing is fetched for it", async (path) => {
    at.fediverse.requests.length = 0;
    expect((await host.ask(new Request(`http://${at.anna.host}${path}`))).status).toBe(404);
    expect(at.fediverse.requests).toEqual([]);
  });
});

test("E14: an address in a post is asked for by nobody, in posts of others and in the owner's", async () => {
  const trap = at.stranger("trap");
  const link = `${trap.origin}/page`;
  const values = {
    content: `<p><a href="${link}">look</a> ${link}</p>`,
    ...{ url: [{ type: "Link", href: link, mediaType: "text/html" }], image: { type: "Image", url: link } },
    ...{ preview: { type: "Note", url: link }, generator: link, icon: link, context: link },
    attachment: [
      { type: "Link", href: link },
      { type: "Page", url: link, name: "a card" },
    ],
  };
  at.fediverse.requests.length = 0;
  for (const type of ["Note", "Article"]) {
    const create = at.activity(at.friend, "Create", at.note(at.friend, { ...values, type, name: "x" }));
    expect(await at.send(at.friend, create)).toBe(202);
  }
  await say(at.anna, `Look at ${link} and [this](${link})`);
  await say(at.anna, `![this](${link})`, { title: "A long one" });
  await at.anna.runner.idle();
  expect(await at.anna.store.read.post.count()).toBe(4);
  expect(at.fediverse.requests.filter((line) => line.includes(trap.host))).toEqual([]);
});

test("E15: parts of a file that are asked for in odd ways are the whole, one part or none, never more", async () => {
  const id = await published(png(40, 40), "a.png");
  const whole = Buffer.from(await (await get(id)).arrayBuffer());
  const last = whole.byteLength - 1;
  const many = Array.from({ length: 1_000 }, (_, n) => `${n % 9}-${last}`).join(",");
  for (const [range, status, length] of [
    [`bytes=${many}`, 200, whole.byteLength],
    ["bytes=0-0,0-0", 200, whole.byteLength],
    ["bytes=0-99999999999999999999999", 200, whole.byteLength],
    [`bytes=0-${"9".repeat(15)}`, 206, whole.byteLength],
    ["bytes=-999999999999999", 206, whole.byteLength],
    ["bytes=999999999999999-", 416, 0],
    ["bytes=-0", 416, 0],
    ["bytes=9-3", 200, whole.byteLength],
    ["bytes=-1e3", 200, whole.byteLength],
    ["bytes=0x0-0x9", 200, whole.byteLength],
    ["chunks=0-1", 200, whole.byteLength],
    [`bytes=${last}-`, 206, 1],
  ] as const) {
    const answer = await get(id, { range });
    const shown = range.slice(0, 40);
    expect(answer.status, shown).toBe(status);
    expect((await answer.arrayBuffer()).byteLength, shown).toBe(length);
  }
});
