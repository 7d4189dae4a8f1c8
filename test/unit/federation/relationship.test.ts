import { Accept, Activity, Offer, Undo } from "@fedify/fedify/vocab";
import { describe, expect, test } from "vitest";
import { addressesOf } from "../../../src/federation/addresses.ts";
import { localContexts } from "../../../src/federation/contexts.ts";
import {
  friendshipEndedActivity,
  introductionActivity,
  offerAcceptedActivity,
  offerActivity,
  offerWithdrawnActivity,
} from "../../../src/federation/outbox/friendship-activities.ts";
import { readAnswer } from "../../../src/federation/translate/answer.ts";
import { offline } from "../../../src/federation/translate/offline.ts";
import { actorFromJson, cardOf } from "../../../src/federation/translate/person.ts";
import { readOffer } from "../../../src/federation/translate/relationship.ts";
import { readUndo } from "../../../src/federation/translate/undo.ts";
import { toWire } from "../../../src/federation/wire.ts";

const placeOf = (name: string) =>
  addressesOf({
    origin: `http://${name}.example`,
    handle: name,
    ownerUri: `http://${name}.example/people/${name}`,
  });
const [anna, ben] = [placeOf("anna"), placeOf("ben")];
const uri = "http://anna.example/acts/1#offer";

/** As it comes out of the other's inbox. */
async function over(activity: Activity): Promise<Activity> {
  return Activity.fromJsonLd(await toWire(activity), {
    contextLoader: localContexts,
    documentLoader: offline,
  });
}

describe("friendship on the wire", () => {
  test("asks in ActivityStreams' own words, with what was said as text", async () => {
    const words = "We met & <talked>";
    expect(await toWire(offerActivity(anna, { uri, words }, ben.person))).toMatchObject({
      ...{ type: "Offer", id: uri, actor: anna.person, to: ben.person },
      content: "We met &amp; &lt;talked&gt;",
      object: {
        ...{ type: "Relationship", subject: anna.person, object: ben.person },
        relationship: "http://purl.org/vocab/relationship/friendOf",
      },
    });
    const read = await over(offerActivity(anna, { uri, words }, ben.person));
    expect(read instanceof Offer && (await readOffer(read, anna.person, ben))).toEqual({
      ...{ kind: "friendship", uri, words },
    });
  });

  test("is read as nothing by anybody else than the two", async () => {
    const read = await over(offerActivity(anna, { uri, words: "" }, ben.person));
    if (!(read instanceof Offer)) throw new Error("no offer");
    const cleo = placeOf("cleo");
    expect(await readOffer(read, cleo.person, ben)).toBeNull();
    expect(await readOffer(read, anna.person, cleo)).toBeNull();
  });

  test("says yes to that very offer, takes it back without its words, and ends", async () => {
    const yes = await over(offerAcceptedActivity(ben, `${ben.origin}/acts/9`, uri, anna.person));
    expect(yes instanceof Accept && (await readAnswer(yes, anna))).toEqual({ to: "offer", uri });
    const id = `${anna.origin}/acts/8`;
    const back = offerWithdrawnActivity(anna, id, uri, ben.person);
    expect(JSON.stringify(await toWire(back))).not.toContain("content");
    const undone = await over(back);
    expect(undone instanceof Undo && (await readUndo(undone, anna.person, ben))).toMatchObject({
      ...{ kind: "offer", uri },
    });
    const end = await over(friendshipEndedActivity(anna, id, ben.person));
    if (!(end instanceof Undo)) throw new Error("no end");
    expect(await readUndo(end, anna.person, ben)).toMatchObject({ kind: "friendship", of: anna.person });
    for (const [sender, at] of [
      [ben.person, ben],
      [anna.person, placeOf("cleo")],
    ] as const)
      expect((await readUndo(end, sender, at)).kind).toBe("unknown");
  });

  test("introduces somebody to one person, and names nobody else", async () => {
    const introduced = { uri: "http://cleo.example/people/cleo", words: "You both row." };
    const offer = introductionActivity(anna, `${anna.origin}/acts/7`, introduced, ben.person);
    const read = await over(offer);
    expect(read instanceof Offer && (await readOffer(read, anna.person, ben))).toEqual({
      ...{ kind: "introduction", uri: introduced.uri, host: "cleo.example", words: introduced.words },
    });
    expect(read instanceof Offer && (await readOffer(read, anna.person, anna))).toBeNull();
  });
});

describe("who can be asked", () => {
  const FRIEND_OF = "http://purl.org/vocab/relationship/friendOf";
  const page = (generator: unknown) => ({
    "@context": "https://www.w3.org/ns/activitystreams",
    ...{ id: ben.person, type: "Person", preferredUsername: "ben", inbox: ben.inbox, generator },
  });
  const program = (attachment: unknown) => ({ type: "Application", name: "x", attachment });

  test.each([
    ["a program that says so", program({ type: "Link", href: FRIEND_OF }), true],
    ["one among others", ["http://y.example/", program([{ type: "Link", href: FRIEND_OF }])], true],
    ["a program that says something else", program({ type: "Link", href: "http://y.example/" }), false],
    ["a program that says nothing", { type: "Application", name: "TSSOP" }, false],
    ["a program that is only named", "http://y.example/program", false],
    ["no program", undefined, false],
    ["a text", "TSSOP", false],
  ])("is read from a profile: %s", async (_, generator, friendly) => {
    const actor = await actorFromJson(page(generator));
    expect(actor === null ? null : (await cardOf(actor))?.friendly).toBe(friendly);
  });
});
