import { Activity } from "@fedify/fedify/vocab";
import { expect, test } from "vitest";
import { localContexts } from "../../../src/federation/contexts.ts";
import { understood } from "../../../src/federation/inbox/dispatch.ts";
import { offline } from "../../../src/federation/translate/offline.ts";
import { readVote } from "../../../src/federation/translate/poll.ts";
import { readReaction } from "../../../src/federation/translate/reaction.ts";
import { recorded } from "../../support/recorded/all.ts";
import type { Cast } from "../../support/recorded/cast.ts";

let count = 0;
const cast: Cast = {
  ...{ me: "http://b.example/users/ben", origin: "http://b.example", next: () => String(++count) },
  ...{ owner: "http://a.example/people/anna", ownerPost: "http://a.example/posts/1" },
  ...{ ownerPoll: "http://a.example/posts/2", ownerQuoting: "http://a.example/posts/3" },
  ownerFollow: "http://a.example/acts/1",
  ownerOffer: "http://a.example/acts/2#offer",
  ...{ known: "http://b.example/notes/1", quoted: "http://b.example/notes/2" },
  ...{ other: "http://c.example/users/cleo", otherPost: "http://c.example/notes/1" },
};
const loaders = { contextLoader: localContexts, documentLoader: offline };
const typeOf = (thing: object) => thing.constructor.name;

/** What an activity is, as far as the inbox tells kinds apart: by what is in it, too. */
async function kindsOf(json: object): Promise<string[]> {
  const activity = await Activity.fromJsonLd(json, loaders);
  const type = typeOf(activity);
  const object = await activity
    .getObject({ ...loaders, suppressError: true, crossOrigin: "trust" })
    .catch(() => null);
  if (type === "Like" && (await readReaction(activity)).emoji !== "") return [type, "Like with an emoji"];
  if (object === null) return [type, `${type} by its id`];
  if (readVote(object) !== null) return [type, "a vote"];
  const carried = [];
  for await (const tag of object.getTags({ ...loaders, suppressError: true })) carried.push(typeOf(tag));
  for await (const file of object.getAttachments({ ...loaders, suppressError: true }))
    carried.push(typeOf(file));
  return [type, `${type} ${typeOf(object)}`, ...carried.map((what) => `with ${what}`)];
}

const kinds = new Set((await Promise.all(recorded(cast).map(kindsOf))).flat());

test("every activity that is understood is among those that the fuzzing changes", () => {
  expect(understood.filter((type) => !kinds.has(type))).toEqual([]);
});

test.each([
  ...["Like with an emoji", "Undo Follow", "Undo Like", "Undo EmojiReact", "Undo Announce", "Undo by its id"],
  ...["Offer Relationship", "Offer by its id", "Undo Offer", "Undo Relationship"],
  ...["Accept Follow", "Accept by its id", "Accept QuoteRequest", "Reject Follow", "Reject QuoteRequest"],
  ...["Create Note", "Create Question", "Create Article", "Create Page", "a vote", "QuoteRequest by its id"],
  ...["Update Person", "Update Note", "Update Question", "Update Article"],
  ...["Delete Tombstone", "Delete by its id", "Delete QuoteAuthorization"],
  ...[
    "with Hashtag",
    "with Emoji",
    "with Mention",
    "with Image",
    "with Video",
    "with Audio",
    "with Document",
  ],
])("so is: %s", (kind) => {
  expect([...kinds].toSorted()).toContain(kind);
});
