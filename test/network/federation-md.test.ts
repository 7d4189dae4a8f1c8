import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { boost } from "../../src/social/boosts/boost.ts";
import { makeGnupgKeys } from "../../src/social/messages/keys/gnupg.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { createFediverse, type Fediverse } from "../support/federated.ts";
import { say } from "../support/neighbours.ts";
import type { Peer } from "../support/peer.ts";
import { type Face, openFace, PICTURE } from "../support/public-face.ts";

const page = readFileSync(new URL("../../FEDERATION.md", import.meta.url), "utf8");
const section = page.split("\n## ").find((part) => part.startsWith("Addresses\n")) ?? "";
const listed = [...section.matchAll(/^\| (?!what|-)([^|]+) \| ([^|]+) \|$/gm)].flatMap(
  ([, what = "", cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)]
      .map((found) => found[1] ?? "")
      .filter((address) => /^\/|^acct:/.test(address))
      .map((address): [string, string] => [what, address]),
);

const stack = new AsyncDisposableStack();
let fediverse: Fediverse;
let face: Face;
let reader: Peer;
/** What stands in an address for the hex digits, by what is before them. */
const ids: Record<string, string> = { "/media/": PICTURE };
const STAMP = "9".repeat(32);

beforeAll(async () => {
  fediverse = stack.use(await createFediverse());
  face = stack.use(await openFace(fediverse, "Name"));
  const { acting, store, federation } = face.member;
  reader = fediverse.peer("reader.example", "rita");
  const follow = {
    "@context": "https://www.w3.org/ns/activitystreams",
    type: "Follow",
    object: face.member.uri,
  };
  const request = { ...follow, id: `${reader.origin}/acts/1`, actor: reader.uri };
  await federation.handle(reader.signed(`http://${face.member.host}/inbox`, request));
  await acting.transact((tx) => acceptRequest(tx, acting.me, idOf(reader.uri), acting.now()));
  await acting.transact((tx) => makeGnupgKeys(tx, acting.me, acting.now()));
  const post = await say(face.member, "A post with a #tag");
  const boosting = await acting.transact((tx) => boost(tx, acting.me, post, acting.now(), acting.random));
  const digits = async (id: string) =>
    (await store.read.post.findUniqueOrThrow({ where: { id } })).uri.split("/").at(-1) ?? "";
  const { uri } = await store.read.post.findUniqueOrThrow({ where: { id: post } });
  const answer = {
    ...{ id: `${reader.origin}/notes/2`, type: "Note", attributedTo: reader.uri, content: "<p>yes</p>" },
    ...{ inReplyTo: uri, to: face.member.uri },
  };
  const create = {
    ...follow,
    type: "Create",
    id: `${reader.origin}/acts/2`,
    actor: reader.uri,
    object: answer,
  };
  await federation.handle(reader.signed(`http://${face.member.host}/inbox`, create));
  Object.assign(ids, {
    "/answers/": idOf(answer.id),
    "/posts/": await digits(post),
    "/boosts/": await digits(boosting),
    "/quotes/": STAMP,
  });
  await acting.transact((tx) =>
    tx.quoteStamp.create({
      data: {
        ...{ id: STAMP, postId: post, personId: idOf(reader.uri), state: "granted", at: new Date() },
        quotingUri: `${reader.origin}/notes/1`,
      },
    }),
  );
});
afterAll(() => stack.disposeAsync());

/** An address of the table as one that is there. */
function there(address: string): string {
  const { host } = face.member;
  if (address.startsWith("acct:"))
    return `/.well-known/webfinger?resource=${encodeURIComponent(address.replace("<onion>", host))}`;
  const [, before = "", digits] = /^(\/\w+\/)(<32 hex digits>)?/.exec(address) ?? [];
  return digits === undefined ? address.replace("<tag>", "tag") : before + (ids[before] ?? "no example");
}

test("FEDERATION.md lists addresses", () => {
  expect(listed.length).toBeGreaterThan(14);
});

test.each(listed)("FEDERATION.md: %s is answered at %s", async (_, address) => {
  const path = there(address);
  const accept = { accept: "application/activity+json" };
  if (path.endsWith("inbox")) {
    // Nobody signed, and that is what it says.
    expect((await face.ask(path, { method: "POST", headers: accept, body: "{}" })).status).toBe(401);
    return;
  }
  const signed = Object.fromEntries(reader.signedGet(`http://${face.member.host}${path}`).headers);
  const { status, headers, text } = await face.ask(path, { headers: signed });
  expect(status).toBe(200);
  const isDocument = !/^\/(?:media|tags)\/|\/openpgp4?$/.test(path);
  expect(/json/.test(String(headers["content-type"]))).toBe(isDocument);
  if (isDocument) expect(JSON.parse(text)).toBeTypeOf("object");
});
