import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createForeignPictures, type ForeignPictures } from "../../src/foreign-pictures.ts";
import { systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { ed25519PublicKey, onionOf } from "../../src/lib/onion-name.ts";
import { createPictures, type Pictures } from "../../src/picture-shelf.ts";
import { keepEmojis } from "../../src/social/emojis/keep-emojis.ts";
import { emojisNamed } from "../../src/social/emojis/queries.ts";
import { createIdentity } from "../../src/social/identity/create-identity.ts";
import type { Identity } from "../../src/social/identity/identity.ts";
import { removeDropped } from "../../src/social/media/drop.ts";
import { block } from "../../src/social/people/block.ts";
import { personById } from "../../src/social/people/find.ts";
import { savePerson } from "../../src/social/people/save-person.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import type { Job } from "../../src/store/jobs.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { createTorFetch } from "../../src/tor/tor-fetch.ts";
import { befriend } from "../support/friends.ts";
import { ownerBrowser } from "../support/owner-browser.ts";
import { openOwnerDesk } from "../support/owner-desk.ts";
import { cardOf } from "../support/people.ts";

const PICTURE_URL = "http://eve.example/face.jpg";
const JPEG = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffd9", "hex");
const silent = createLog(() => {}, "silent");
const stack = new AsyncDisposableStack();
const asked: { url: string; redirect: string; way: string }[] = [];
const signed: string[] = [];
let answer: () => Response;
let store: Store;
let me: Identity;
let pictures: Pictures;
let foreign: ForeignPictures;
let withTor: ForeignPictures;
let opened = 0;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "shelf-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const keys = { database: randomBytes(32), media: randomBytes(32) };
  store = stack.use(await openStore({ folder, keys, deviceId: "device", now: Date.now, log: silent }));
  me = await store.transact((tx) => createIdentity(tx, { name: "Nora", random: systemRandom }, Date.now()));
  const sign = async (request: Request) => {
    const headers = new Headers(request.headers);
    headers.set("signature", "Nora");
    return new Request(request, { headers });
  };
  const common = { store, identity: me, now: Date.now, random: () => 0.5, sign };
  pictures = createPictures({ ...common, childPath: "dist/picture.cjs", libraries: null });
  const by =
    (way: string): typeof fetch =>
    async (input) => {
      const { url, redirect, headers } = new Request(input);
      if (headers.has("signature")) signed.push(url);
      asked.push({ url, redirect, way });
      return answer();
    };
  foreign = createForeignPictures({ ...common, fetch: by("shared"), fetchOnce: by("once") });
  const torFetch = stack.use(
    createTorFetch({
      socks: () => {
        opened += 1;
        return { path: join(folder, "nowhere.sock") };
      },
      onTimeout: async () => {},
      ownOnions: () => [me.onion],
      allowClearnet: () => false,
      log: silent,
    }),
  );
  withTor = createForeignPictures({ ...common, ...torFetch });
});
afterAll(() => stack.disposeAsync());
beforeEach(async () => {
  asked.length = 0;
  await store.transact((tx) => tx.job.deleteMany());
});

let count = 0;
const stranger = (pictureUrl: string) =>
  store.transact((tx) => savePerson(tx, { ...cardOf(`Eve${++count}`), pictureUrl }, Date.now()));
async function eve(pictureUrl: string): Promise<string> {
  const id = await stranger(pictureUrl);
  await store.transact((tx) => askToSubscribe(tx, me, id, Date.now()));
  return id;
}
const planned = async () =>
  (await store.read.job.findMany({ where: { kind: { startsWith: "fetch-" } } })).map(
    ({ id, kind, about }): Job => ({ id, kind, peer: "", about: JSON.parse(about), createdAt: 0, tries: 1 }),
  );
const never = new AbortController().signal;
/** Does what is planned, as if its time had come. */
async function fetchPlanned(through = foreign) {
  const outcomes = [];
  for (const job of await planned()) {
    outcomes.push(await (job.kind === "fetch-face" ? through.face : through.emoji)(job, never));
    await store.transact((tx) => tx.job.deleteMany({ where: { id: job.id } }));
  }
  return outcomes;
}
const isPictured = async (id: string) => (await personById(store.read, id))?.pictureUrl !== "";

describe("E15: a picture from elsewhere", () => {
  test("is asked for by nobody because a page shows it: until it is here, pages name none", async () => {
    const id = await eve(PICTURE_URL);
    expect(await isPictured(id)).toBe(false);
    expect(await pictures.forOwner(id)).toBeNull();
    expect(asked).toEqual([]);
  });

  test("is asked for once, at a time nobody can foresee, at the address its person gave, and follows no redirect", async () => {
    answer = () => new Response(JPEG, { headers: { "content-type": "text/html" } });
    const id = await eve(PICTURE_URL);
    const [job, ...more] = await planned();
    expect(more).toEqual([]);
    expect(job).toMatchObject({ kind: "fetch-face", about: { personId: id } });
    if (job === undefined) return;
    expect(await foreign.face({ ...job, tries: 0 }, never)).toEqual({ retry: "later", after: 465_000 });
    expect(asked).toEqual([]);
    expect(await foreign.face(job, never)).toBe("done");
    expect(await foreign.face(job, never)).toBe("done");
    expect(await isPictured(id)).toBe(true);
    expect((await pictures.forOwner(id))?.type).toBe("image/jpeg");
    expect(asked).toEqual([{ url: PICTURE_URL, redirect: "error", way: "once" }]);
  });

  test("that may not be for everyone is asked for by name: of whom the owner is close to, on their own device only", async () => {
    answer = () => new Response(JPEG);
    const friend = async (name: string, pictureHost: string) => {
      const host = onionOf(ed25519PublicKey(Buffer.alloc(32, name)));
      const card = {
        ...cardOf(name),
        host,
        uri: `http://${host}/people/x`,
        pictureUrl: `http://${pictureHost}/x.jpg`,
      };
      const id = await store.transact((tx) => savePerson(tx, card, Date.now()));
      await store.transact((tx) => befriend(tx, id, Date.now()));
      await store.transact((tx) => askToSubscribe(tx, me, id, Date.now()));
    };
    const own = onionOf(ed25519PublicKey(Buffer.alloc(32, "a")));
    await friend("a", own);
    await friend("b", "elsewhere.example");
    await eve(PICTURE_URL);
    await fetchPlanned();
    expect(asked).toHaveLength(3);
    expect(signed).toEqual([`http://${own}/x.jpg`]);
  });

  test("of a stranger, or of somebody blocked since, is not fetched", async () => {
    await stranger(PICTURE_URL);
    expect(await planned()).toEqual([]);
    const id = await eve(PICTURE_URL);
    await store.transact((tx) => block(tx, id, Date.now()));
    expect(await fetchPlanned()).toEqual(["done"]);
    expect(asked).toEqual([]);
  });

  test("that changed is fetched anew, and the former one leaves the disk", async () => {
    answer = () => new Response(JPEG);
    const id = await eve(PICTURE_URL);
    await fetchPlanned();
    const former = (await store.read.person.findUniqueOrThrow({ where: { id } })).pictureId;
    const card = { ...cardOf(`Eve${count}`), pictureUrl: `${PICTURE_URL}?2` };
    await store.transact((tx) => savePerson(tx, card, Date.now()));
    expect(await isPictured(id)).toBe(false);
    await removeDropped(store);
    expect(await store.read.media.count({ where: { id: former } })).toBe(0);
    await fetchPlanned();
    expect(await isPictured(id)).toBe(true);
  });

  test.each(["http://evil.example/x.jpg", "../../etc/passwd", "", "0".repeat(32), "%2e%2e"])(
    "is never asked for by what a page says: %s",
    async (id) => {
      expect(await pictures.forOwner(id)).toBeNull();
      expect(asked).toEqual([]);
    },
  );

  test.each<[string, () => Response]>([
    ["a page", () => new Response("<html>", { headers: { "content-type": "image/jpeg" } })],
    ["a drawing with script", () => new Response('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["an actor", () => new Response('{"type":"Person"}', { headers: { "content-type": "image/png" } })],
    ["nothing", () => new Response(null)],
    ["missing", () => new Response(JPEG, { status: 404 })],
    ["large", () => new Response(Buffer.concat([JPEG, Buffer.alloc(1_100_000)]))],
  ])("that is %s is none", async (_, said) => {
    answer = said;
    const id = await eve(PICTURE_URL);
    expect(await fetchPlanned()).toEqual([{ stop: "no picture" }]);
    expect(await pictures.forOwner(id)).toBeNull();
    expect(asked).toHaveLength(1);
  });

  test.each([
    "http://127.0.0.1/x.jpg",
    "http://[::1]/x.jpg",
    "http://192.168.1.1/x.jpg",
    "http://printer.local/x.jpg",
    "https://social.example.org/x.jpg",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
  ])("at %s is asked for by nobody", async (address) => {
    const id = await eve(address);
    await fetchPlanned(withTor);
    expect(await pictures.forOwner(id)).toBeNull();
    expect(opened).toBe(0);
  });
});

describe("A27: an emoji of others", () => {
  const keep = (shortcode: string, url: string, tied = true) =>
    store.transact((tx) => keepEmojis(tx, me, "eve.example", [{ shortcode, url }], tied, Date.now()));
  const here = async (shortcode: string) =>
    (await emojisNamed(store.read, ["eve.example"], [shortcode])).length;

  test("stays its shortcode until it is here", async () => {
    answer = () => new Response(JPEG);
    await keep("cat", "http://eve.example/cat.png");
    expect(await here("cat")).toBe(0);
    expect(await pictures.forOwner("eve.example/cat")).toBeNull();
    expect(asked).toEqual([]);
    expect(await fetchPlanned()).toEqual(["done"]);
    expect(await here("cat")).toBe(1);
    expect((await pictures.forOwner("eve.example/cat"))?.bytes).toBe(JPEG.byteLength);
  });

  test("on another host than its own is never fetched", async () => {
    await keep("spy", "http://evil.example/spy.png");
    expect(await planned()).toEqual([]);
    expect(await store.read.emoji.count({ where: { shortcode: "spy" } })).toBe(0);
  });

  test("of a stranger is not fetched", async () => {
    await keep("odd", "http://eve.example/odd.png", false);
    expect(await planned()).toEqual([]);
  });

  test("that is too large is not kept at all", async () => {
    answer = () => new Response(Buffer.concat([JPEG, Buffer.alloc(300_000)]));
    await keep("big", "http://eve.example/big.png");
    expect(await fetchPlanned()).toEqual([{ stop: "no picture" }]);
    expect(await pictures.forOwner("eve.example/big")).toBeNull();
  });
});

test("E15: what a reader's browser loads comes from this computer only, whatever a post or a person says", async () => {
  await using desk = await openOwnerDesk();
  const browser = ownerBrowser(desk);
  await browser.enter();
  const { acting } = desk.house;
  const person = await desk.house.meet("eve", "eve.example");
  const card = {
    ...cardOf("Eve"),
    uri: person.uri,
    host: person.host,
    handle: "eve",
    pictureUrl: PICTURE_URL,
  };
  await acting.transact((tx) => savePerson(tx, card, acting.now()));
  const html = `<p>hello <img src="${PICTURE_URL}"><video src="${PICTURE_URL}"></video><link rel="x" href="${PICTURE_URL}"></p>`;
  expect(await desk.house.hear(person, { html, mentionsMe: true })).not.toBe("");
  await acting.transact((tx) =>
    tx.person.update({ where: { id: person.id }, data: { pictureId: "5e".repeat(16) } }),
  );
  let pictured = 0;
  for (const path of ["/", "/notices", "/people", `/people/${person.id}`]) {
    const page = await browser.get(`${path}?url=${encodeURIComponent(PICTURE_URL)}`);
    const loaded = [...page.text.matchAll(/<(?!a\b)\w+[^>]*?\s(?:src|href|poster|srcset|data)="([^"]*)"/g)];
    const places = loaded.map(([, place = ""]) => place);
    expect(
      places.filter((place) => !/^\/(assets|media)\/|^#/.test(place)),
      path,
    ).toEqual([]);
    pictured += places.filter((place) => place === `/media/person/${person.id}`).length;
  }
  expect(pictured).toBeGreaterThan(0);
  const proxied = await browser.get(`/media?url=${encodeURIComponent(PICTURE_URL)}`);
  expect(proxied.status).toBe(404);
});
