import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { createPictures } from "../../src/picture-shelf.ts";
import { saveMediaRow } from "../../src/social/media/media.ts";
import { personById } from "../../src/social/people/find.ts";
import { addField, type FieldDraft } from "../../src/social/profile/add-field.ts";
import { changeField } from "../../src/social/profile/change-field.ts";
import { changeProfile } from "../../src/social/profile/change-profile.ts";
import { changeSeen } from "../../src/social/profile/change-seen.ts";
import { forFriends } from "../../src/social/profile/fields.ts";
import { ownFields } from "../../src/social/profile/own-fields.ts";
import { personFields } from "../../src/social/profile/person-fields.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { befriend } from "../support/friends.ts";
import { openMediaHost, picturing } from "../support/media-host.ts";
import type { Peer } from "../support/peer.ts";

const stack = new AsyncDisposableStack();
let fediverse: Fediverse;
let anna: Member;
let mia: Member;
let sam: Member;
let zoe: Member;
let rita: Peer;

const open = { reach: "everyone", people: [], audiences: [], without: [] } as const;
const add = (label: string, seen: FieldDraft["seen"], value = "v") =>
  anna.acting.transact((tx) =>
    addField(tx, anna.acting.me, { kind: "text", label, value, seen }, anna.acting.now(), anna.acting.random),
  );

beforeAll(async () => {
  fediverse = stack.use(await createFediverse());
  [anna, mia, sam, zoe] = [
    await fediverse.join("Anna"),
    await fediverse.join("Mia"),
    await fediverse.join("Sam"),
    await fediverse.join("Zoe"),
  ];
  rita = fediverse.peer("reader.example", "rita");
  await add("Town", open, "Freiburg");
  await add("Tea", { reach: "subscribers", people: [], audiences: [], without: [] });
  await add("Phone", forFriends, "0761 555 0143");
  // Mia and Anna are friends, each by her own word.
  await mia.federation.lookUp(anna.address);
  await anna.federation.lookUp(mia.address);
  await anna.acting.transact((tx) => befriend(tx, idOf(mia.uri), anna.acting.now()));
  await mia.acting.transact((tx) => befriend(tx, idOf(anna.uri), mia.acting.now()));
  // Sam subscribes to Anna.
  await sam.federation.lookUp(anna.address);
  await sam.acting.transact((tx) => askToSubscribe(tx, sam.acting.me, idOf(anna.uri), sam.acting.now()));
  await eventually("the request", async () => (await personById(anna.store.read, idOf(sam.uri))) !== null);
  await anna.acting.transact((tx) => acceptRequest(tx, anna.acting.me, idOf(sam.uri), anna.acting.now()));
});
afterAll(() => stack.disposeAsync());

const seenBy = async (member: Member) =>
  (await personFields(member.store.read, idOf(anna.uri))).map(({ label }) => label);
const documentFor = async (request: Request) => {
  const response = await fediverse.ask(request);
  const json = (await response.json()) as { name: string; attachment?: unknown };
  const all = [json.attachment ?? []].flat() as { type: string; name: string }[];
  const lines = all.filter(({ type }) => type === "PropertyValue");
  return { status: response.status, name: json.name, labels: lines.map(({ name }) => name) };
};
const ask = (headers: Record<string, string> = {}) =>
  documentFor(new Request(anna.uri, { headers: { accept: "application/activity+json", ...headers } }));

test("a friend's node reads what is for friends, a subscriber's what is for subscribers, a stranger's neither", async () => {
  await mia.federation.lookUpAnew(anna.address);
  expect(await seenBy(mia)).toEqual(["Town", "Phone"]);
  await eventually("what Sam gets", async () => (await seenBy(sam)).length === 2);
  expect(await seenBy(sam)).toEqual(["Town", "Tea"]);
  await zoe.federation.lookUp(anna.address);
  expect(await seenBy(zoe)).toEqual(["Town"]);
});

test("the stranger's version needs no signature, and a server that signs as itself gets the same", async () => {
  expect((await ask()).labels).toEqual(["Town"]);
  const before = fediverse.requests.length;
  expect((await documentFor(rita.signedGet(anna.uri))).labels).toEqual(["Town"]);
  // Nobody's key was asked for.
  expect(fediverse.requests.slice(before)).toEqual([]);
});

test("A35: a read that names somebody else's key gets what strangers get", async () => {
  const forged = rita.signedGet(anna.uri);
  const signature = forged.headers.get("Signature") ?? "";
  const headers = new Headers(forged.headers);
  headers.set("Signature", signature.replace(rita.keyId, `${mia.uri}#main-key`));
  expect(await documentFor(new Request(anna.uri, { headers }))).toMatchObject({
    status: 200,
    labels: ["Town"],
  });
  const own = await mia.federation.sign(
    new Request(anna.uri, { headers: { accept: "application/activity+json" } }),
  );
  expect((await documentFor(own)).labels).toEqual(["Town", "Phone"]);
});

test("who answers at the pages' and bare addresses is the same, for each as far as it is for them", async () => {
  for (const path of ["/", "/@anna"]) {
    const request = new Request(`http://${anna.host}${path}`, {
      headers: { accept: "application/activity+json" },
    });
    expect((await documentFor(await mia.federation.sign(request))).labels, path).toEqual(["Town", "Phone"]);
  }
});

test("a change goes out to each as far as it is for them, and nothing that a narrower copy says can be passed on", async () => {
  const pushed: { to: string; text: string }[] = [];
  for (const member of [mia, sam])
    fediverse.interfere(member.host, async (request, go) => {
      if (request.method === "POST") pushed.push({ to: member.name, text: await request.clone().text() });
      return go();
    });
  await add("Garden", forFriends, "behind the mill");
  await eventually("both were told", async () => new Set(pushed.map(({ to }) => to)).size === 2);
  await eventually("Mia has it", async () => (await seenBy(mia)).includes("Garden"));
  for (const { to, text } of pushed) {
    expect(text.includes("behind the mill"), to).toBe(to === "Mia");
    expect(text.includes("0761"), to).toBe(to === "Mia");
    expect(text.includes("DataIntegrityProof"), to).toBe(false);
  }
  // The subscriber asks for what is for subscribers, and keeps it meanwhile.
  expect(await seenBy(sam)).toEqual(["Town", "Tea"]);
  for (const member of [mia, sam]) fediverse.interfere(member.host, null);
});

test("a line that was taken from somebody is gone from their node when it hears of it", async () => {
  const field = (await ownFields(anna.store.read)).find(({ label }) => label === "Garden");
  const seen = { reach: "me", people: [], audiences: [], without: [] } as const;
  const draft: FieldDraft = { kind: "text", label: "Garden", value: "behind the mill", seen };
  await anna.acting.transact((tx) =>
    changeField(tx, anna.acting.me, field?.id ?? "", draft, anna.acting.now()),
  );
  await eventually("it is gone", async () => !(await seenBy(mia)).includes("Garden"));
  expect(await seenBy(mia)).toEqual(["Town", "Phone"]);
});

test("E17: a picture that is for friends is missing for everybody else, as one that never was", async () => {
  const { store, acting } = anna;
  const pictures = createPictures({ ...picturing, store, identity: acting.me, now: Date.now });
  await using host = await openMediaHost(fediverse, anna, { take: () => 0 }, pictures);
  const id = await store.media.put(Buffer.from("a picture"));
  await store.transact(async (tx) => {
    await saveMediaRow(tx, { id, type: "image/jpeg", bytes: 9 }, "picture", acting.now());
    await changeProfile(tx, acting.me, { pictureId: id }, acting.now());
  });
  const address = `http://${anna.host}/media/${id}`;
  const answer = async (request: Request) => {
    const response = await host.ask(request);
    return { status: response.status, text: await response.text() };
  };
  expect((await answer(new Request(address))).status).toBe(200);
  await store.transact((tx) => changeSeen(tx, acting.me, "picture", forFriends, acting.now()));
  const missing = await answer(new Request(`http://${anna.host}/media/${"0".repeat(32)}`));
  expect(missing.status).toBe(404);
  expect(await answer(new Request(address))).toEqual(missing);
  expect(await answer(rita.signedGet(address))).toEqual(missing);
  expect(await answer(await sam.federation.sign(new Request(address)))).toEqual(missing);
  expect(await answer(await mia.federation.sign(new Request(address)))).toEqual({
    status: 200,
    text: "a picture",
  });
  expect(JSON.stringify(await (await fediverse.ask(rita.signedGet(anna.uri))).json())).not.toContain(id);
});

test("a name that is for friends stays theirs, whatever else comes from there that anybody can read", async () => {
  await anna.acting.transact((tx) => changeSeen(tx, anna.acting.me, "name", forFriends, anna.acting.now()));
  expect((await ask()).name).toBe("anna");
  await eventually("Sam heard of it", async () => {
    return (await personById(sam.store.read, idOf(anna.uri)))?.name === "anna";
  });
  // What a request of Anna's is verified by is read as a stranger reads it.
  await anna.federation.lookUpAnew(mia.address);
  await anna.acting.transact((tx) => askToSubscribe(tx, anna.acting.me, idOf(mia.uri), anna.acting.now()));
  await eventually("the request", async () => {
    return (await personById(mia.store.read, idOf(anna.uri)))?.subscriber === "asked";
  });
  expect((await personById(mia.store.read, idOf(anna.uri)))?.name).toBe("Anna");
  expect(await seenBy(mia)).toEqual(["Town", "Phone"]);
});
