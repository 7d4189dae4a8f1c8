import { Link, type Offer, Relationship, type Object as WireObject } from "@fedify/fedify/vocab";
import { textOf } from "../../social/html.ts";
import { type Addresses, hostOf, isOwner } from "../addresses.ts";
import { localContexts } from "../contexts.ts";
import { embeddedObject, soleObject } from "./object-of.ts";
import { offline } from "./offline.ts";

/** What friendship is called on the wire: that of the RELATIONSHIP vocabulary, which ActivityStreams names as its example. */
const FRIEND_OF = "http://purl.org/vocab/relationship/friendOf";
const ADDRESS_MAX = 2_000;

/** One person as a friend of another; it has no address, for nobody looks there. */
export function relationshipOf(subject: string, object: string): Relationship {
  const [one, other] = [new URL(subject), new URL(object)];
  return new Relationship({ subject: one, object: other, relationship: new URL(FRIEND_OF) });
}

/** Whether somebody calls the owner their friend, and speaks for nobody else. */
export function isFriendship(object: WireObject | null, sender: string, at: Addresses): boolean {
  if (!(object instanceof Relationship) || object.objectIds.length !== 1) return false;
  const kinds = object.relationshipIds.map((uri) => uri.href);
  return (
    object.subjectId?.href === sender &&
    isOwner(at, object.objectId?.href) &&
    kinds.length === 1 &&
    kinds[0] === FRIEND_OF
  );
}

/** friendship: somebody asks to be friends. introduction: they name a person whom the owner might know. */
export type ReadOffer =
  | { kind: "friendship"; uri: string; words: string }
  | { kind: "introduction"; uri: string; host: string; words: string };

/** null: it offers another's friendship, or nothing that is known here. */
export async function readOffer(activity: Offer, sender: string, at: Addresses): Promise<ReadOffer | null> {
  const uri = activity.id?.href ?? "";
  const words = textOf(String(activity.content ?? activity.summary ?? ""));
  const named = soleObject(activity);
  const offered = await embeddedObject(activity);
  if (offered instanceof Relationship) {
    const isOne = (await howMany(activity)) === 1;
    if (!isOne || !isFriendship(offered, sender, at) || uri.length > ADDRESS_MAX) return null;
    return { kind: "friendship", uri, words };
  }
  const host = hostOf(named);
  const isForOwner = activity.targetIds.length === 1 && isOwner(at, activity.targetId?.href);
  if (named === null || host === null || !isForOwner || named.href.length > ADDRESS_MAX) return null;
  if (named.username !== "" || named.password !== "" || named.hash !== "") return null;
  return { kind: "introduction", uri: named.href, host, words };
}

/** Things without an address count too. */
async function howMany(activity: Offer): Promise<number> {
  const loaders = { contextLoader: localContexts, documentLoader: offline, suppressError: true };
  let things = 0;
  for await (const _ of activity.getObjects({ ...loaders, crossOrigin: "trust" })) things += 1;
  return Math.max(things, activity.objectIds.length);
}

/** Says in a profile that this device understands an offer of friendship. */
export function friendlyMark(): Link {
  return new Link({ href: new URL(FRIEND_OF), name: "friendship" });
}

/** Whether a profile says so of the program behind it (FEP-844e, in words that every context has). */
export async function saysFriendly(program: WireObject | Link): Promise<boolean> {
  if (program instanceof Link) return false;
  const loaders = { contextLoader: localContexts, documentLoader: offline, suppressError: true };
  for await (const mark of program.getAttachments(loaders))
    if (mark instanceof Link && mark.href?.href === FRIEND_OF) return true;
  return false;
}
