import type { Identity } from "../social/identity/identity.ts";
import { gnupgAddress } from "../social/messages/keys/gnupg-address.ts";

/** Where this node's things are. All addresses that others see are made here. */
export type Addresses = ReturnType<typeof addressesOf>;

export function addressesOf(me: Pick<Identity, "origin" | "handle" | "ownerUri">) {
  const person = me.ownerUri;
  return {
    origin: me.origin,
    person,
    page: `${me.origin}/@${me.handle}`,
    inbox: `${person}/inbox`,
    sharedInbox: `${me.origin}/inbox`,
    outbox: `${person}/outbox`,
    followers: `${person}/followers`,
    following: `${person}/following`,
    /** Shown to a subscriber: who else of their host is one (FEP-8fcf). */
    subscribersOfHost: `${person}/followers/of-your-host`,
    featured: `${person}/featured`,
    rsaKey: `${person}#main-key`,
    ed25519Key: `${person}#ed25519-key`,
    /** The owner's OpenPGP certificate. */
    openpgpKey: `${person}/openpgp`,
    /** The one for GnuPG, when the owner made it. */
    gnupgKey: gnupgAddress(me),
    picture: (mediaId: string) => `${me.origin}/media/${mediaId}`,
    /** An activity that nobody fetches; random, so that it tells nothing. */
    activity: (id: string) => `${me.origin}/acts/${id}`,
    /** The collection a narrow post is addressed to: one per post, answers nobody. */
    circle: (id: string) => `${me.origin}/circles/${id}`,
  };
}

/** Whether the owner is meant; some (Epicyon) name people by the address of their page. */
export function isOwner(at: Addresses, uri: string | undefined): boolean {
  return uri === at.person || uri === at.page;
}

/** The host of an http address, in lower case; null for anything else. */
export function hostOf(address: string | URL | null | undefined): string | null {
  if (address === null || address === undefined) return null;
  const url = typeof address === "string" ? URL.parse(address) : address;
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") ? url.host : null;
}

export function sameHost(
  one: string | URL | null | undefined,
  other: string | URL | null | undefined,
): boolean {
  const host = hostOf(one);
  return host !== null && host === hostOf(other);
}
