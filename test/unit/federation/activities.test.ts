import { describe, expect, test } from "vitest";
import { addressesOf } from "../../../src/federation/addresses.ts";
import { answerActivity, deleteActivity, postActivity } from "../../../src/federation/outbox/activities.ts";
import type { OwnPostToSend } from "../../../src/federation/own-posts/queries.ts";
import type { WireReach } from "../../../src/federation/translate/reach.ts";
import { toWire } from "../../../src/federation/wire.ts";

const at = addressesOf({
  origin: "http://a.example",
  handle: "anna",
  ownerUri: "http://a.example/people/anna",
});
const writer = { at, circleOf: (uri: string) => `circle-of-${uri.length}` };
const ben = { personId: "b", uri: "http://b.example/people/ben", address: "ben@b.example" };
const cleo = { personId: "c", uri: "http://c.example/people/cleo", address: "cleo@c.example" };

function sent(reach: WireReach, mentioned = [ben, cleo]): OwnPostToSend {
  return {
    id: "1",
    sortKey: "1",
    thing: { reach, people: ["b", "c"], audiences: [], without: [], authorId: "a" },
    reach,
    mentioned,
    pinned: false,
    boostOf: "",
    post: {
      uri: "http://a.example/posts/1",
      html: "<p>hello</p>",
      warning: "",
      language: "en",
      url: "",
      publishedAt: 1000,
      editedAt: 2000,
      replyToUri: "",
    },
  };
}

describe("one copy of a post", () => {
  test("for chosen people tells its reader of nobody else", async () => {
    const copy = JSON.stringify(
      await toWire(postActivity(writer, sent("chosen"), { uri: ben.uri, answers: true }, false)),
    );
    expect(copy).toContain(ben.uri);
    expect(copy).not.toContain("cleo");
    expect(copy).not.toContain("followers");
    expect(copy).not.toContain("Public");
  });

  test("for chosen people who are not mentioned mentions nobody", async () => {
    const copy = await toWire(
      postActivity(writer, sent("chosen", []), { uri: ben.uri, answers: true }, false),
    );
    expect(copy).toMatchObject({ to: [ben.uri, at.circle(writer.circleOf("http://a.example/posts/1"))] });
    expect(JSON.stringify(copy)).not.toContain("Mention");
  });

  test("for subscribers is addressed to the collection, and to who is mentioned in their own copy only", async () => {
    expect(
      await toWire(postActivity(writer, sent("subscribers"), { uri: ben.uri, answers: true }, false)),
    ).toMatchObject({
      to: at.followers,
      cc: ben.uri,
    });
    const other = await toWire(
      postActivity(writer, sent("subscribers", [cleo]), { uri: ben.uri, answers: true }, false),
    );
    expect(other).not.toHaveProperty("cc");
  });

  test.each<WireReach>(["everyone", "unlisted", "subscribers", "chosen"])(
    "for %s is addressed alike inside and outside",
    async (reach) => {
      const copy = await toWire(postActivity(writer, sent(reach), { uri: ben.uri, answers: true }, false));
      expect(copy["object"]).toMatchObject({ to: copy["to"], ...("cc" in copy ? { cc: copy["cc"] } : {}) });
    },
  );

  test("has the same id each time it is tried, and another one once it was edited", () => {
    const id = (has: boolean) =>
      postActivity(writer, sent("everyone"), { uri: ben.uri, answers: true }, has).id?.href;
    expect(id(false)).toBe(id(false));
    expect(id(true)).toBe("http://a.example/posts/1#update-2000");
    expect(id(true)).not.toBe(id(false));
  });
});

test("a deletion names the post, its author and its reader, and nothing of what it said", async () => {
  const json = await toWire(deleteActivity(at, "http://a.example/posts/1", ben.uri));
  expect(json).toMatchObject({
    type: "Delete",
    actor: at.person,
    to: ben.uri,
    object: { type: "Tombstone", id: "http://a.example/posts/1" },
  });
});

test("an answer carries the request it answers", async () => {
  const request = { uri: "http://b.example/follows/1", person: ben.uri };
  expect(await toWire(answerActivity(at, at.activity("1"), "accept", request))).toMatchObject({
    type: "Accept",
    actor: at.person,
    object: { type: "Follow", id: request.uri, actor: ben.uri, object: at.person },
  });
});
