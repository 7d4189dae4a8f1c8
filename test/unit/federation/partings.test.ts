import { Activity, Block, Flag, Move } from "@fedify/fedify/vocab";
import { describe, expect, test } from "vitest";
import { addressesOf } from "../../../src/federation/addresses.ts";
import { localContexts } from "../../../src/federation/contexts.ts";
import { moveActivity } from "../../../src/federation/outbox/move-activity.ts";
import { reportActivity } from "../../../src/federation/outbox/report-activity.ts";
import { readMove } from "../../../src/federation/translate/move.ts";
import { offline } from "../../../src/federation/translate/offline.ts";
import { actorFromJson, cardOf } from "../../../src/federation/translate/person.ts";
import { readReport } from "../../../src/federation/translate/report.ts";
import { toWire } from "../../../src/federation/wire.ts";
import { recordings } from "../../support/recorded/all.ts";
import { AS, type Cast } from "../../support/recorded/cast.ts";

const at = addressesOf({
  origin: "http://a.example",
  handle: "anna",
  ownerUri: "http://a.example/people/anna",
});
const ben = "http://b.example/users/ben";
const there = "http://c.example/users/ben";

const read = (json: object) =>
  Activity.fromJsonLd(
    { "@context": AS, id: "http://b.example/1", actor: ben, ...json },
    { contextLoader: localContexts, documentLoader: offline },
  );

async function target(values: object): Promise<string | null> {
  const activity = await read({ type: "Move", object: ben, target: there, ...values });
  return activity instanceof Move ? readMove(activity, ben) : null;
}

describe("a move", () => {
  test("is read with ids or with whole pages in it", async () => {
    expect(await target({})).toBe(there);
    expect(await target({ object: { id: ben, type: "Person" }, target: [there] })).toBe(there);
  });

  test.each([
    ["of somebody else", { object: there }],
    ["of two people", { object: [ben, there] }],
    ["to two places", { target: [there, "http://d.example/ben"] }],
    ["to nowhere", { target: [] }],
    ["to where one is", { target: ben }],
    ["to a file", { target: "file:///etc/passwd" }],
    ["to an address with a password", { target: "http://x:y@c.example/ben" }],
    ["to an address without end", { target: `${there}/${"x".repeat(2_000)}` }],
  ])("%s is none", async (_, values) => {
    expect(await target(values)).toBeNull();
  });

  test("of the owner is the same activity each time it is sent, and another the next time", async () => {
    const once = await toWire(moveActivity(at, there, "1000"));
    expect(once).toMatchObject({
      type: "Move",
      id: `${at.person}#move-1000`,
      actor: at.person,
      object: at.person,
      target: there,
    });
    expect(await toWire(moveActivity(at, there, "1000"))).toEqual(once);
    expect((await toWire(moveActivity(at, there, "2000")))["id"]).not.toBe(once["id"]);
  });
});

describe("a report", () => {
  const report = async (values: object) => {
    const activity = await read({ type: "Flag", content: "<p>look &amp; see</p>", ...values });
    return activity instanceof Flag ? readReport(activity, at) : null;
  };

  test("is read as text, with what is at the owner's address", async () => {
    const post = `${at.origin}/posts/1`;
    expect(await report({ object: [at.person, post, post, "http://b.example/posts/1"] })).toEqual({
      uri: "http://b.example/1",
      words: "look & see",
      aboutOwner: true,
      postUris: [post],
    });
    expect(await report({ object: post })).toMatchObject({ aboutOwner: false, postUris: [post] });
    expect(await report({ object: at.person, content: undefined })).toMatchObject({ words: "" });
  });

  test("about somebody else is none, and one about everything is bounded", async () => {
    expect(await report({ object: [ben, "http://a.example.evil/people/anna"] })).toBeNull();
    expect(await report({ object: [] })).toBeNull();
    const many = Array.from({ length: 500 }, (_, n) => `${at.origin}/posts/${n}`);
    expect((await report({ object: many }))?.postUris).toHaveLength(50);
  });

  test("by the owner names the person first, then the posts", async () => {
    const posts = ["http://b.example/posts/1", "http://b.example/posts/2"];
    const sent = { uri: `${at.origin}/acts/1`, person: ben, posts, words: "unkind" };
    expect(await toWire(reportActivity(at, sent))).toMatchObject({
      type: "Flag",
      id: sent.uri,
      actor: at.person,
      object: [ben, ...posts],
      content: "unkind",
      to: ben,
    });
  });
});

test("other addresses of a person are read from their page, each once, bounded, and never as their own", async () => {
  const page = (values: object) => ({
    "@context": [
      AS,
      {
        alsoKnownAs: { "@id": "as:alsoKnownAs", "@type": "@id" },
        movedTo: { "@id": "as:movedTo", "@type": "@id" },
      },
    ],
    ...{ id: ben, type: "Person", preferredUsername: "ben", inbox: `${ben}/inbox`, ...values },
  });
  const card = async (values: object) => {
    const actor = await actorFromJson(page(values));
    const { aliases, movedToUri } = (actor === null ? null : await cardOf(actor)) ?? {};
    return { aliases, movedToUri };
  };
  expect(await card({})).toEqual({ aliases: "", movedToUri: "" });
  expect(await card({ alsoKnownAs: there, movedTo: there })).toEqual({ aliases: there, movedToUri: there });
  expect(
    await card({
      alsoKnownAs: [there, there, "acct:x@y", `http://c.example/${"x".repeat(600)}`],
      movedTo: ben,
    }),
  ).toEqual({
    aliases: there,
    movedToUri: "",
  });
  const many = Array.from({ length: 100 }, (_, n) => `${there}${n}`);
  expect((await card({ alsoKnownAs: many })).aliases?.split("\n")).toHaveLength(20);
});

test("blocks, reports and moves of other programs are understood as they spell them", async () => {
  let count = 0;
  const cast: Cast = {
    ...{ me: ben, origin: "http://b.example", owner: at.person, ownerPost: `${at.origin}/posts/1` },
    ...{
      ownerPoll: "http://a.example/posts/2",
      quoted: "http://b.example/p/2",
      ownerQuoting: "http://a.example/posts/3",
      ownerFollow: `${at.origin}/acts/1`,
      ownerOffer: `${at.origin}/acts/2#offer`,
      known: "http://b.example/posts/1",
    },
    ...{ other: there, otherPost: "http://c.example/posts/1", next: () => String(++count) },
  };
  const all = recordings.flatMap(({ activities }) => activities(cast));
  const found = { Block: 0, Flag: 0, Move: 0 };
  for (const json of all) {
    const activity = await read(json);
    if (activity instanceof Block) found.Block += Number(activity.objectId?.href === at.person);
    if (activity instanceof Flag) found.Flag += Number(readReport(activity, at)?.aboutOwner === true);
    if (activity instanceof Move) found.Move += Number(readMove(activity, ben) === there);
  }
  const sentAs = (type: string) => all.filter((json) => json.type === type).length;
  expect(found).toEqual({ Block: sentAs("Block"), Flag: sentAs("Flag"), Move: sentAs("Move") });
  expect(Math.min(...Object.values(found))).toBeGreaterThan(1);
});
