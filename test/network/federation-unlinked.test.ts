import { generateKeyPairSync, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDocuments } from "../../src/federation/documents.ts";
import { importKeys } from "../../src/federation/keys.ts";
import { createLog } from "../../src/lib/log.ts";
import { onionFromSeed } from "../../src/tor/onion-key.ts";
import { createTorFetch, type TorFetch } from "../../src/tor/tor-fetch.ts";
import { type OnionSites, openOnionSites } from "../support/onion-sites.ts";

/** What the way of a request tells about others: Tor puts two requests on one circuit only when both credentials are the same. */
const stack = new AsyncDisposableStack();
let sites: OnionSites;
let out: TorFetch;
let related = false;
let documents: ReturnType<typeof createDocuments>;

beforeAll(async () => {
  sites = stack.use(await openOnionSites());
  out = stack.use(
    createTorFetch({
      socks: () => sites.socks.address,
      onTimeout: async () => {},
      ownOnions: () => [],
      allowClearnet: () => false,
      log: createLog(() => {}, "silent"),
    }),
  );
  const { onion } = onionFromSeed(Buffer.alloc(32, 9));
  const me = { origin: `http://${onion}`, handle: "anna", ownerUri: `http://${onion}/people/anna` };
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const rsa = privateKey.export({ format: "der", type: "pkcs8" });
  documents = createDocuments({
    keys: await importKeys(me, { rsa, ed25519: randomBytes(32) }),
    turn: () => Promise.resolve(),
    now: Date.now,
    fetchOnce: out.fetchOnce,
    hasRelation: async () => related,
  });
});
afterAll(() => stack.disposeAsync());

const ways = () => sites.socks.asked.map(({ user, password }) => `${user} ${password}`);

test("A30: reads of somebody unknown are unsigned, and no two of them share a circuit, with each other or with what is signed", async () => {
  const signed: boolean[] = [];
  const zoe = await sites.peer("zoe", (_path, request) => {
    signed.push(request.headers["signature"] !== undefined);
    return false;
  });
  const posts = [1, 2, 3].map((n) => `${zoe.origin}/notes/${n}`);
  for (const id of posts)
    zoe.documents.set(new URL(id).pathname, { id, type: "Note", attributedTo: zoe.uri });
  for (const id of [zoe.uri, ...posts]) await documents.load(id);
  await documents.json(new URL(zoe.uri), "application/json");
  await documents.loadSigned(zoe.uri);
  expect(signed).toEqual([false, false, false, false, false, true]);
  expect(sites.socks.asked.every(({ host }) => host === zoe.host)).toBe(true);
  expect(new Set(ways()).size).toBe(6);
});

test("reads where there is a relation go the usual way, on the circuit that stands", async () => {
  related = true;
  const ben = await sites.peer("ben");
  const before = ways().length;
  ben.documents.set("/notes/1", { id: `${ben.origin}/notes/1`, type: "Note", attributedTo: ben.uri });
  await documents.load(ben.uri);
  await documents.load(`${ben.origin}/notes/1`);
  await documents.loadSigned(ben.uri);
  expect(new Set(ways().slice(before)).size).toBe(1);
});

test("what served one request alone is closed after it", async () => {
  const kim = await sites.peer("kim");
  const before = sites.socks.open();
  const response = await out.fetchOnce(kim.uri);
  expect(response.status).toBe(200);
  await response.text();
  await expect.poll(() => sites.socks.open()).toBe(before);
});

test("what is large goes on circuits that nothing else shares, the same for each host", async () => {
  await using large = createTorFetch({
    socks: () => sites.socks.address,
    onTimeout: async () => {},
    ownOnions: () => [],
    allowClearnet: () => false,
    log: createLog(() => {}, "silent"),
    apart: true,
  });
  const lea = await sites.peer("lea");
  const before = ways().length;
  for (const way of [out, large, large]) await (await way.fetch(lea.uri)).text();
  expect(new Set(ways().slice(before)).size).toBe(2);
});
