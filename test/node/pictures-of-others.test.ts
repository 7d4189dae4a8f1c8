import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { createPictures, type Pictures } from "../../src/picture-shelf.ts";
import { createIdentity } from "../../src/social/identity/create-identity.ts";
import { savePerson } from "../../src/social/people/save-person.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { createTorFetch } from "../../src/tor/tor-fetch.ts";
import { ownerBrowser } from "../support/owner-browser.ts";
import { openOwnerDesk } from "../support/owner-desk.ts";
import { cardOf } from "../support/people.ts";

const PICTURE_URL = "http://eve.example/face.jpg";
const JPEG = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffd9", "hex");
const silent = createLog(() => {}, "silent");
const stack = new AsyncDisposableStack();
const asked: { url: string; redirect: string }[] = [];
let answer: () => Response;
let store: Store;
let pictures: Pictures;
let withTor: Pictures;
let opened = 0;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "shelf-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const keys = { database: randomBytes(32), media: randomBytes(32) };
  store = stack.use(await openStore({ folder, keys, deviceId: "device", now: Date.now, log: silent }));
  const identity = await store.transact((tx) =>
    createIdentity(tx, { name: "Nora", random: systemRandom }, Date.now()),
  );
  const common = {
    store,
    identity,
    childPath: "dist/picture.cjs",
    libraries: null,
    now: Date.now,
    log: silent,
  };
  pictures = createPictures({
    ...common,
    fetch: async (input, init) => {
      asked.push({ url: String(input), redirect: String(init?.redirect) });
      return answer();
    },
  });
  const torFetch = stack.use(
    createTorFetch({
      socks: () => {
        opened += 1;
        return { path: join(folder, "nowhere.sock") };
      },
      onTimeout: async () => {},
      ownOnions: () => [identity.onion],
      allowClearnet: () => false,
      log: silent,
    }),
  );
  withTor = createPictures({ ...common, fetch: torFetch.fetch });
});
afterAll(() => stack.disposeAsync());
beforeEach(() => {
  asked.length = 0;
});

let count = 0;
const eve = (pictureUrl: string) =>
  store.transact((tx) => savePerson(tx, { ...cardOf(`Eve${++count}`), pictureUrl }, Date.now()));

describe("E15: a picture from elsewhere", () => {
  test("is asked for at the address its person gave, once, and follows no redirect", async () => {
    answer = () => new Response(JPEG, { headers: { "content-type": "text/html" } });
    const id = await eve(PICTURE_URL);
    const both = await Promise.all([pictures.forOwner(id), pictures.forOwner(id)]);
    expect(both.map((file) => file?.type)).toEqual(["image/jpeg", "image/jpeg"]);
    expect(asked).toEqual([{ url: PICTURE_URL, redirect: "error" }]);
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
  ])("that is %s is none", async (_, said) => {
    answer = said;
    expect(await pictures.forOwner(await eve(PICTURE_URL))).toBeNull();
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
    expect(await withTor.forOwner(await eve(address))).toBeNull();
    expect(opened).toBe(0);
  });
});

describe("A27: pictures of others", () => {
  const large = Buffer.concat([JPEG, Buffer.alloc(1_000_000)]);

  test("that are large do not fill the memory: those shown longest ago are asked for again", async () => {
    answer = () => new Response(new Uint8Array(large));
    const ids: string[] = [];
    for (let n = 0; n < 50; n += 1) ids.push(await eve(PICTURE_URL));
    for (const id of ids) await pictures.forOwner(id);
    expect(asked).toHaveLength(50);
    await pictures.forOwner(ids.at(-1) ?? "");
    expect(asked).toHaveLength(50);
    await pictures.forOwner(ids[0] ?? "");
    expect(asked).toHaveLength(51);
  });

  test("that are too large for an emoji are not kept at all", async () => {
    answer = () => new Response(new Uint8Array(large));
    const emoji = { host: "eve.example", shortcode: "big", url: PICTURE_URL, at: new Date() };
    await store.transact((tx) => tx.emoji.create({ data: emoji }));
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
