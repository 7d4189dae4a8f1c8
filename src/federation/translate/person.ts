import {
  type Actor,
  Application,
  CryptographicKey,
  Endpoints,
  Image,
  isActor,
  Link,
  Multikey,
  Person,
  PropertyValue,
  Service,
  Object as WireObject,
} from "@fedify/fedify/vocab";
import type { PersonCard } from "../../social/people/person.ts";
import { MOST_FIELDS, type PersonFieldCard } from "../../social/profile/fields.ts";
import { type Addresses, hostOf, sameHost } from "../addresses.ts";
import { localContexts } from "../contexts.ts";
import type { JsonObject } from "../json-guard.ts";
import type { ActorKeys } from "../keys.ts";
import { offline } from "./offline.ts";
import { plainText } from "./plain-text.ts";
import { friendlyMark, saysFriendly } from "./relationship.ts";

const NAME_LETTERS = 64;
const ALIASES_MAX = 20;
/** Looked at; only some of them are lines. */
const ATTACHMENTS_MAX = 200;
const FIELD_MAX = 4_000;
const ADDRESS_MAX = 512;
/** RFC 3156, section 7 */
const KEY_TYPE = "application/pgp-keys";
const HANDLE = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u;

/** What the owner shows to somebody, as the product knows it. */
export type OwnCard = {
  handle: string;
  name: string;
  aboutHtml: string;
  pictureId: string;
  bannerId?: string;
  /** Lines of the profile. */
  fields?: PersonFieldCard[];
  /** Asks before somebody may subscribe. */
  approves: boolean;
  /** Earlier addresses that are the owner's too. */
  aliases?: string[];
  /** Where the owner moved to, "": nowhere. */
  movedTo?: string;
};

/** The owner as others fetch them; readable unsigned, or nobody could check our signatures. */
export function actorOf(card: OwnCard, at: Addresses, keys: ActorKeys): Person {
  const id = new URL(at.person);
  const { aliases = [], movedTo = "", bannerId = "", fields = [] } = card;
  return new Person({
    id,
    preferredUsername: card.handle,
    name: card.name,
    summary: card.aboutHtml,
    url: new URL(at.page),
    inbox: new URL(at.inbox),
    outbox: new URL(at.outbox),
    followers: new URL(at.followers),
    following: new URL(at.following),
    featured: new URL(at.featured),
    endpoints: new Endpoints({ sharedInbox: new URL(at.sharedInbox) }),
    publicKey: new CryptographicKey({ id: keys.rsa.keyId, owner: id, publicKey: keys.rsa.publicKey }),
    // FEP-521a
    assertionMethods: [
      new Multikey({ id: keys.ed25519.keyId, controller: id, publicKey: keys.ed25519.publicKey }),
    ],
    manuallyApprovesFollowers: card.approves,
    aliases: aliases.map((uri) => new URL(uri)),
    successor: movedTo === "" ? null : new URL(movedTo),
    discoverable: false,
    indexable: false,
    // FEP-844e
    generators: [new Application({ name: "TSSOP", attachments: [friendlyMark()] })],
    icon: imageAt(at, card.pictureId),
    image: imageAt(at, bannerId),
    attachments: [
      ...fields.map(({ label, html }) => new PropertyValue({ name: label, value: html })),
      new Link({ href: new URL(at.openpgpKey), mediaType: KEY_TYPE, name: "OpenPGP" }),
    ],
  });
}

function imageAt(at: Addresses, mediaId: string): Image | null {
  return mediaId === "" ? null : new Image({ url: new URL(at.picture(mediaId)) });
}

/** A document as an actor; null when it is something else or cannot be read. */
export async function actorFromJson(json: JsonObject): Promise<Actor | null> {
  try {
    const read = await WireObject.fromJsonLd(json, { contextLoader: localContexts, documentLoader: offline });
    return asActor(read);
  } catch {
    return null;
  }
}

/** null: it is something else. */
export function asActor(object: WireObject): Actor | null {
  return isActor(object) ? object : null;
}

/** Another person's facts. Null for what is no person one could talk to: all of it must be on one host. */
export async function cardOf(actor: Actor): Promise<PersonCard | null> {
  const host = hostOf(actor.id);
  const handle = plainText(actor.preferredUsername, NAME_LETTERS);
  if (actor.id === null || host === null || !HANDLE.test(handle)) return null;
  if (actor.inboxId === null || !sameHost(actor.inboxId, actor.id)) return null;
  const own = (address: URL | null | undefined) => (sameHost(address, actor.id) ? (address?.href ?? "") : "");
  const page = actor.url instanceof Link ? actor.url.href : actor.url;
  return {
    uri: actor.id.href,
    handle,
    host,
    name: plainText(actor.name, NAME_LETTERS) || handle,
    aboutHtml: String(actor.summary ?? ""),
    url: own(page) || actor.id.href,
    inbox: actor.inboxId.href,
    sharedInbox: own(actor.endpoints?.sharedInbox),
    followersUri: own(actor.followersId),
    outboxUri: own(actor.outboxId),
    featuredUri: own(actor.featuredId),
    pictureUrl: await pictureOf(actor),
    approves: actor.manuallyApprovesFollowers ?? false,
    aliases: aliasesOf(actor),
    movedToUri: actor.successorId?.href === actor.id.href ? "" : readable(actor.successorId),
    ...(await attachedTo(actor)),
    automated: actor instanceof Service || actor instanceof Application,
    friendly: await isFriendly(actor),
  };
}

/** The same of a document that was read without saying who asks. */
export async function strangersCardOf(actor: Actor): Promise<PersonCard | null> {
  const card = await cardOf(actor);
  return card === null ? null : { ...card, shownTo: "strangers" };
}

/** Lines of their profile, as Mastodon writes them (schema:PropertyValue), and where their key is; other attachments are neither. */
async function attachedTo(actor: Actor): Promise<{ fields: PersonFieldCard[]; keyUri: string }> {
  const fields: PersonFieldCard[] = [];
  let keyUri = "";
  let looked = 0;
  const how = { contextLoader: localContexts, documentLoader: offline, suppressError: true };
  for await (const one of actor.getAttachments(how)) {
    if (++looked > ATTACHMENTS_MAX) break;
    if (one instanceof Link && keyUri === "") keyUri = keyAt(one, actor);
    if (!(one instanceof PropertyValue) || fields.length >= MOST_FIELDS) continue;
    fields.push({
      label: String(one.name ?? "").slice(0, FIELD_MAX),
      html: String(one.value ?? "").slice(0, FIELD_MAX),
    });
  }
  return { fields, keyUri };
}

/** At their own host only: nobody else says whose key it is. */
function keyAt({ href, mediaType }: Link, actor: Actor): string {
  const isKey = mediaType === KEY_TYPE && sameHost(href, actor.id);
  return isKey && href !== null && href.href.length <= ADDRESS_MAX ? href.href : "";
}

/** Addresses that somebody says are theirs; on any host, believed only as far as those say the same. */
function aliasesOf(actor: Actor): string {
  const found = actor.aliasIds.map(readable).filter((uri) => uri !== "");
  return [...new Set(found)].slice(0, ALIASES_MAX).join("\n");
}

function readable(uri: URL | null): string {
  return hostOf(uri) === null || (uri?.href.length ?? 0) > ADDRESS_MAX ? "" : (uri?.href ?? "");
}

async function isFriendly(actor: Actor): Promise<boolean> {
  const loaders = { contextLoader: localContexts, documentLoader: offline, suppressError: true };
  for await (const program of actor.getGenerators(loaders)) if (await saysFriendly(program)) return true;
  return false;
}

async function pictureOf(actor: Actor): Promise<string> {
  const icon = await actor.getIcon({
    contextLoader: localContexts,
    documentLoader: offline,
    suppressError: true,
  });
  const address = icon?.url instanceof Link ? icon.url.href : icon?.url;
  return hostOf(address) === null ? "" : (address?.href ?? "");
}
