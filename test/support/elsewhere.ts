import { createMessage, encrypt, readKey } from "openpgp";
import { systemRandom } from "../../src/lib/ids.ts";
import { agreeToOpen } from "../../src/social/messages/elsewhere/agree.ts";
import { gnupgKeys } from "../../src/social/messages/keys/gnupg.ts";
import { ownKeys } from "../../src/social/messages/keys/own.ts";
import { openMail } from "../../src/social/messages/pgp/open-mail.ts";
import { certificateOf } from "../../src/social/messages/pgp/own-key.ts";
import { sealMail } from "../../src/social/messages/pgp/seal-mail.ts";
import { messagesWith } from "../../src/social/messages/thread.ts";
import type { MessageView } from "../../src/social/messages/view.ts";
import { writeMessage } from "../../src/social/messages/write.ts";
import type { Besieged } from "./besieged.ts";
import { eventually } from "./eventually.ts";
import type { Member } from "./federated.ts";
import type { Peer } from "./peer.ts";
import type { Sealer } from "./sealing.ts";

/** Somebody on a server of others, as Mastodon is, and what goes between them and Anna. */

type Came = { activity: Record<string, unknown>; object: Record<string, unknown> };

export const mentionOf = (uri: string) => [{ type: "Mention", href: uri, name: "@anna" }];

/** A post for Anna alone, as Mastodon writes a private mention. */
export function direct(at: Besieged, by: Peer, content: string, values: object = {}) {
  const { uri } = at.anna;
  return at.note(by, {
    ...{ to: [uri], cc: [], tag: mentionOf(uri), published: new Date().toISOString() },
    content: `<p><span class="h-card"><a href="${uri}" class="u-url mention">@<span>anna</span></a></span> ${content}</p>`,
    ...values,
  });
}

export const creates = (at: Besieged, by: Peer, note: object) =>
  at.send(by, at.activity(by, "Create", note, { to: [at.anna.uri], cc: [] }), {
    date: new Date(Date.now() + at.fediverse.later),
  });

/** What Mastodon makes of an armour that is pasted into its field. */
export const asMastodon = (armour: string) =>
  armour
    .trim()
    .replace(/\r?\n\r?\n/g, "</p><p>")
    .replace(/\r?\n/g, "<br />");

export function agrees({ acting }: Member, personId: string): Promise<void> {
  return acting.transact((tx) => agreeToOpen(tx, personId));
}

export function writesTo(
  { acting }: Member,
  personId: string,
  text: string,
  replyToId = "",
): Promise<string> {
  return acting.transact((tx) =>
    writeMessage(tx, acting.me, { personId, text, replyToId }, acting.now(), systemRandom),
  );
}

/** Oldest first. */
export async function talkWith({ acting }: Member, personId: string): Promise<MessageView[]> {
  return (await messagesWith(acting.read, personId, { limit: 80 }, acting.now())).items.toReversed();
}

/** Activities of this type that came to somebody's inbox. */
export function cameTo(peer: Peer, type: string): Came[] {
  return peer.received
    .map(({ activity }) => ({ activity, object: activity["object"] as Came["object"] }))
    .filter(({ activity }) => activity["type"] === type);
}

export function came(peer: Peer, type: string, times = 1): Promise<Came[]> {
  return eventually(`${times} of ${type} came`, async () => {
    const found = cameTo(peer, type);
    return found.length >= times ? found : undefined;
  });
}

/** Nothing is left to do but what waits for its time. */
export function isIdle({ store }: Member): Promise<unknown> {
  return eventually("nothing waits", async () => (await store.read.job.count()) === 0);
}

/** Their profile names a key, and their host gives it. */
export function nameKey(peer: Peer, certificate: Uint8Array): void {
  const path = new URL(peer.uri).pathname;
  const before = peer.documents.get(path) as object;
  const link = { type: "Link", href: `${peer.uri}/key`, mediaType: "application/pgp-keys", name: "OpenPGP" };
  peer.documents.set(path, { ...before, attachment: [link] });
  peer.files.set(`${path}/key`, certificate);
}

/** What stands in a message that came, opened by its reader; whose signature is looked for is Anna's. */
export async function readBy({ own }: Sealer, html: string, anna: Member) {
  const armour = html.replace(/^.*<pre>|<\/pre>.*$/gs, "");
  const bytes = Buffer.from(armour.replace(/-----[A-Z ]+-----|^=.{4}$/gm, "").replace(/\s/g, ""), "base64");
  const keys = (await gnupgKeys(anna.store.read)) ?? (await ownKeys(anna.store.read));
  return openMail(new Uint8Array(bytes), [own], keys === null ? null : await certificateOf(keys));
}

export async function annasCertificate({ store }: Member, gnupg = false): Promise<Uint8Array> {
  const keys = gnupg ? await gnupgKeys(store.read) : await ownKeys(store.read);
  if (keys === null) throw new Error("no key");
  return certificateOf(keys);
}

/** An armour by somebody's OpenPGP program for this certificate. */
export const armoured = (by: Sealer, theirs: Uint8Array, text: string) =>
  sealMail(text, { own: by.own, theirs, now: Date.now() });

export async function unsigned(theirs: Uint8Array, text: string): Promise<string> {
  const encryptionKeys = await readKey({ binaryKey: theirs });
  return encrypt({ message: await createMessage({ text }), encryptionKeys });
}
