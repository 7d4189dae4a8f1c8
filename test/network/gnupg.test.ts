import { type Key, readKey } from "openpgp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { wkdPath } from "../../src/federation/wkd.ts";
import {
  destroyGnupgKeys,
  gnupgCertificate,
  gnupgKey,
  gnupgKeys,
  makeGnupgKeys,
} from "../../src/social/messages/keys/gnupg.ts";
import { ownCertificate } from "../../src/social/messages/keys/own.ts";
import { open } from "../../src/social/messages/pgp/open.ts";
import { armouredCertificateOf, lockedKey, type OwnKeys } from "../../src/social/messages/pgp/own-key.ts";
import { seal } from "../../src/social/messages/pgp/seal.ts";
import { readCertificate } from "../../src/social/messages/pgp/their-key.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { fingerprintsIn, gnupg } from "../support/openpgp-programs.ts";

const WORDS = "Grüße, 😀\nand a second line";

let fediverse: Fediverse;
let nora: Member;
beforeEach(async () => {
  fediverse = await createFediverse();
  nora = await fediverse.join("Nora");
});
afterEach(() => fediverse[Symbol.asyncDispose]());

/** Nora's key for GnuPG. */
async function made(): Promise<{ own: OwnKeys; fingerprint: string }> {
  const { acting, store } = nora;
  await acting.transact((tx) => makeGnupgKeys(tx, acting.me, acting.now()));
  const [own, key] = [await gnupgKeys(store.read), await gnupgKey(store.read, acting.now())];
  if (own === null || key === null) throw new Error("there is no key");
  return { own, fingerprint: key.fingerprint };
}

/** What anybody gets there; null: nothing. */
async function fetched(path: string): Promise<Uint8Array | null> {
  const response = await fediverse.ask(new Request(`http://${nora.host}${path}`));
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}

test("gpg decrypts and verifies a message made for a GnuPG friend, and ours reads what gpg made", async () => {
  const { own, fingerprint } = await made();
  using friend = gnupg();
  const certificate = Buffer.from(await armouredCertificateOf(own));
  const { certificate: theirs } = await readCertificate(friend.certificate, Date.now());

  const opened = await open(friend.seal(WORDS, certificate), { own, theirs, at: Date.now() });
  expect(opened).toMatchObject({ text: WORDS });
  const sealed = await seal(WORDS, { own, theirs, now: Date.now() });
  expect(friend.open(sealed, certificate, fingerprint).trimEnd()).toBe(WORDS);
});

test("a message for a GnuPG friend is decrypted without a word of trouble, whatever other keys they have", async () => {
  const { own, fingerprint } = await made();
  using friend = gnupg();
  for (const name of ["work@example.org", "old@example.org"]) {
    friend.gpg("--quick-generate-key", name, "default", "default", "1y");
    const [other = ""] = fingerprintsIn(friend.gpg("--with-colons", "--list-keys", name));
    const { certificate: theirs } = await readCertificate(friend.exported(other), Date.now());
    const sealed = await seal(WORDS, { own, theirs, now: Date.now() });
    const certificate = Buffer.from(await armouredCertificateOf(own));
    expect(friend.open(sealed, certificate, fingerprint).trimEnd()).toBe(WORDS);
  }
});

test("the secret key that was taken along is locked, and opens in GnuPG what was sealed to it", async () => {
  const { own, fingerprint } = await made();
  const { certificate: ours } = await readCertificate(
    Buffer.from(await armouredCertificateOf(own)),
    Date.now(),
  );
  using friend = gnupg();
  const file = friend.file("secret.asc", await lockedKey(own, "maple orbit lantern quiet"));
  const message = friend.file("in.pgp", friend.seal(WORDS, ours));
  using elsewhere = gnupg();
  const decrypt = (passphrase: string) => elsewhere.gpg("--passphrase", passphrase, "--decrypt", message);

  elsewhere.gpg("--import", file, elsewhere.file("friend.pgp", friend.certificate));
  expect(() => decrypt("wrong")).toThrow(/Bad passphrase/);
  const listed = fingerprintsIn(elsewhere.gpg("--with-colons", "--list-secret-keys"));
  expect(listed).toContain(fingerprint.toUpperCase());
  expect(decrypt("maple orbit lantern quiet")).toBe(WORDS);
  const signed = elsewhere.gpg(
    ...["--passphrase", "maple orbit lantern quiet", "--local-user", fingerprint.toUpperCase()],
    ...["--output", elsewhere.path("signed"), "--sign", elsewhere.file("words", WORDS)],
  );
  expect(signed).toBe("");
  friend.gpg("--import", friend.file("ours.pgp", ours));
  expect(friend.gpg("--status-fd", "1", "--verify", elsewhere.path("signed"))).toContain(
    `VALIDSIG ${fingerprint.toUpperCase()}`,
  );
});

test("gpg takes in the key that a Web Key Directory says, once it is made, until it is destroyed", async () => {
  const { acting, store } = nora;
  const [wkd, own, old] = [
    wkdPath(acting.me.handle),
    `${acting.me.ownerUri}/openpgp`,
    `${acting.me.ownerUri}/openpgp4`,
  ];
  const path = (address: string) => (address.startsWith("/") ? address : new URL(address).pathname);
  const newest = await ownCertificate(store.read, acting.now());
  expect([await fetched(wkd), await fetched(path(own)), await fetched(path(old))]).toEqual([
    newest,
    newest,
    null,
  ]);

  const { fingerprint } = await made();
  using friend = gnupg();
  const served = await fetched(wkd);
  friend.gpg("--import", friend.file("served.pgp", served ?? ""));
  expect(friend.gpg("--with-colons", "--list-keys", `${acting.me.handle}@${acting.me.onion}`)).toContain(
    fingerprint.toUpperCase(),
  );
  // Whoever understands both is led to the key that changes, as before.
  expect([await fetched(path(own)), await fetched(path(old))]).toEqual([newest, served]);

  await acting.transact(destroyGnupgKeys);
  expect([await fetched(wkd), await fetched(path(old))]).toEqual([newest, null]);
  expect(await gnupgKeys(store.read)).toBeNull();
});

test("a key of version 6 beside it would keep GnuPG from taking it in, which is why it is served alone", async () => {
  const { own } = await made();
  const newest = await ownCertificate(nora.store.read, nora.acting.now());
  const key = await readCertificate(Buffer.from(await armouredCertificateOf(own)), Date.now());
  using friend = gnupg();
  for (const both of [
    [newest ?? "", key.certificate],
    [key.certificate, newest ?? ""],
  ])
    expect(() =>
      friend.gpg("--import", friend.file("both.pgp", Buffer.concat(both.map((one) => Buffer.from(one))))),
    ).toThrow(/unknown version 6/);
});

test("certificates tell nothing of when somebody began but by their subkeys", async () => {
  await made();
  const { store, acting } = nora;
  const birthday = new Date(Date.UTC(2026, 0, 1));
  for (const certificate of [
    await ownCertificate(store.read, acting.now()),
    await gnupgCertificate(store.read),
  ]) {
    const key = await readKey({ binaryKey: certificate ?? new Uint8Array() });
    const [user] = key.users;
    expect(key.getCreationTime()).toEqual(birthday);
    expect(user?.selfCertifications.map(({ created }) => created)).toEqual([birthday]);
    // The key, its user, the signatures of both, and the subkeys.
    const times = timesIn(key).filter((time) => time.getTime() !== birthday.getTime());
    const starts = key.subkeys.map((subkey) => subkey.getCreationTime().getTime());
    expect(new Set(times.map((time) => time.getTime()))).toEqual(new Set(starts));
  }
});

/** Of every packet. */
function timesIn(key: Key): Date[] {
  return [...key.toPacketList()].flatMap((packet) =>
    "created" in packet && packet.created instanceof Date ? [packet.created] : [],
  );
}
