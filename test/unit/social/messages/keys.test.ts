import { enums, generateKey, type Key, PacketList, PublicKey, readKey, readPrivateKey } from "openpgp";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "../../../../src/social/messages/pgp/config.ts";
import {
  certificateOf,
  makeSubkey,
  type Subkey,
  wholeKey,
} from "../../../../src/social/messages/pgp/own-key.ts";
import { seal } from "../../../../src/social/messages/pgp/seal.ts";
import { mergeCertificate, readCertificate } from "../../../../src/social/messages/pgp/their-key.ts";
import { DAY, type Sealer, START, sealerAt } from "../../../support/sealing.ts";

const NOW = START + 8 * DAY;
const LIFE = 14 * DAY;

let anna: Sealer;
let mallory: Sealer;
/** Anna's second subkey, a week after the first. */
let second: Subkey;
/** As others fetch it: before the second was there, after, and only the second. */
let older: Uint8Array;
let newer: Uint8Array;
let cut: Uint8Array;
beforeAll(async () => {
  [anna, mallory] = [await sealerAt("anna"), await sealerAt("mallory")];
  const { key, subkeys } = anna.own;
  second = await makeSubkey(key, START + 7 * DAY);
  older = anna.theirs;
  newer = await certificateOf({ key, subkeys: [...subkeys, second] });
  cut = await certificateOf({ key, subkeys: [] });
});

const keyIn = (bytes: Uint8Array) => readKey({ binaryKey: bytes, config });
const subkeysIn = async (bytes: Uint8Array) =>
  (await keyIn(bytes)).subkeys.map((subkey) => subkey.getFingerprint());
/** Both of Anna's, the older first. */
const both = () => [...anna.own.subkeys, second].map(({ fingerprint }) => fingerprint);
/** Of a packet that is secret; the library's types do not name it. */
type Private = { privateParams: { [name: string]: Uint8Array } };
const refused = { code: "key-not-understood" };

/** Anna's certificate with subkeys of somebody else's in it, bound by that one's key. */
async function withForeign(mine: Uint8Array, foreign: Uint8Array): Promise<Uint8Array> {
  const [key, other] = [await keyIn(mine), await keyIn(foreign)];
  key.subkeys.push(...other.subkeys);
  return key.write();
}

/** The subkey of somebody else under a binding of Anna's own, which is of another subkey. */
async function withBorrowedBinding(): Promise<Uint8Array> {
  const [key, other] = [await keyIn(newer), await keyIn(mallory.theirs)];
  const [theirs, borrowed] = [other.subkeys[0], key.subkeys[1]];
  if (theirs === undefined || borrowed === undefined) throw new Error("no subkeys");
  theirs.bindingSignatures = borrowed.bindingSignatures;
  key.subkeys = [...key.subkeys.slice(0, 1), theirs];
  return key.write();
}

describe("what somebody's address says their key is", () => {
  test("is read, binary and armoured, with when it ends", async () => {
    const read = await readCertificate(newer, NOW);
    expect(read).toMatchObject({
      fingerprint: anna.fingerprint,
      version: 6,
      goodUntil: START + 7 * DAY + LIFE,
    });
    expect(await subkeysIn(read.certificate)).toEqual(both());
    const armoured = Buffer.from((await keyIn(newer)).armor());
    expect(await readCertificate(armoured, NOW)).toEqual(read);
    expect(await readCertificate(Buffer.concat([Buffer.from("\n \r\n"), armoured]), NOW)).toEqual(read);
  });

  test("is read of version 4, also where RSA signs and encrypts", async () => {
    const old = await sealerAt("olga", 4);
    expect(await readCertificate(old.theirs, NOW)).toMatchObject({
      ...{ fingerprint: old.fingerprint, version: 4, goodUntil: START + LIFE },
    });
    const { publicKey } = await generateKey({
      ...{ type: "rsa", rsaBits: 2048, userIDs: [{ name: "R" }], date: new Date(START), format: "object" },
      config: { ...config, v6Keys: false },
    });
    expect(await readCertificate(publicKey.write(), NOW)).toMatchObject({ version: 4 });
  });

  test("without a subkey that is good it is theirs all the same, and nothing is sealed to it", async () => {
    const read = await readCertificate(cut, NOW);
    expect(read).toMatchObject({ fingerprint: anna.fingerprint, goodUntil: 0 });
    const ended = await readCertificate(older, START + LIFE + 1);
    expect(ended.goodUntil).toBe(0);
    for (const { certificate: theirs } of [read, ended])
      await expect(seal("x", { own: mallory.own, theirs, now: START + LIFE + 1 })).rejects.toMatchObject({
        code: "key-expired",
      });
  });

  test("is good already when their clock is ahead", async () => {
    expect((await readCertificate(newer, START - DAY)).goodUntil).toBe(START + 7 * DAY + LIFE);
  });

  test("is refused when it is secret, garbage, two, too large, weak or nothing", async () => {
    const secret = await wholeKey(anna.own);
    const noise = Buffer.alloc(500, 0xa5);
    const half = newer.subarray(0, newer.length / 2);
    for (const bytes of [
      ...[secret.write(), Buffer.from(secret.armor())],
      ...[new Uint8Array(), noise, Buffer.from("hello"), Buffer.from("-----BEGIN PGP "), half],
      ...[Buffer.concat([newer, mallory.theirs]), Buffer.concat([newer, newer])],
      Buffer.concat([newer, Buffer.alloc(64 * 1024)]),
    ])
      await expect(readCertificate(bytes, NOW).then(({ version }) => version)).rejects.toMatchObject(refused);
    const { publicKey } = await generateKey({
      ...{ type: "rsa", rsaBits: 1024, userIDs: [{ name: "R" }], format: "object", date: new Date(START) },
      config: { ...config, v6Keys: false, minRSABits: 1024 },
    });
    await expect(readCertificate(publicKey.write(), NOW)).rejects.toMatchObject(refused);
  });

  test("is refused when it does not stand for itself", async () => {
    const [key, other] = [await keyIn(newer), await keyIn(mallory.theirs)];
    const packets = new PacketList<never>();
    for (const packet of [key.keyPacket, ...other.toPacketList().slice(1)]) packets.push(packet as never);
    await expect(readCertificate(new PublicKey(packets).write(), NOW)).rejects.toMatchObject(refused);
  });

  test("is kept without what others signed in it", async () => {
    const signer = await wholeKey(mallory.own);
    const signed = await (await keyIn(newer)).signAllUsers([signer], new Date(NOW));
    expect(signed.write().length).toBeGreaterThan(newer.length);
    const { certificate } = await readCertificate(signed.write(), NOW);
    expect(certificate).toEqual(newer);
  });
});

describe("B9: what is fetched later", () => {
  test("B9: adds what is new", async () => {
    const merged = await mergeCertificate(older, newer, NOW);
    expect(await subkeysIn(merged.certificate)).toEqual(both());
    expect(merged.goodUntil).toBe(START + 7 * DAY + LIFE);
  });

  test("B9: takes nothing away when it is older, or its subkeys are cut off", async () => {
    for (const fetched of [older, cut, newer]) {
      const merged = await mergeCertificate(newer, fetched, NOW);
      expect((await subkeysIn(merged.certificate)).toSorted()).toEqual(both().toSorted());
      expect(merged).toMatchObject({ fingerprint: anna.fingerprint, goodUntil: START + 7 * DAY + LIFE });
    }
  });

  test("B9: brings in no subkey that the key itself has not bound", async () => {
    for (const fetched of [await withForeign(newer, mallory.theirs), await withBorrowedBinding()]) {
      expect(await subkeysIn(fetched)).toContain(mallory.own.subkeys[0]?.fingerprint);
      const merged = await mergeCertificate(newer, fetched, NOW);
      expect((await subkeysIn(merged.certificate)).toSorted()).toEqual(both().toSorted());
      const read = await readCertificate(fetched, NOW);
      expect(both()).toEqual(expect.arrayContaining(await subkeysIn(read.certificate)));
    }
  });

  test("B9: is refused when it is of another key", async () => {
    await expect(mergeCertificate(newer, mallory.theirs, NOW)).rejects.toMatchObject(refused);
    await expect(mergeCertificate(mallory.theirs, newer, NOW)).rejects.toMatchObject(refused);
  });

  test("B9: drops what is over, and what is sealed goes to the newest", async () => {
    const now = START + LIFE + DAY;
    const merged = await mergeCertificate(older, newer, now);
    expect(await subkeysIn(merged.certificate)).toEqual([second.fingerprint]);
    const both = await mergeCertificate(newer, older, NOW);
    const used = await (await keyIn(both.certificate)).getEncryptionKey(undefined, new Date(NOW));
    expect(used.getFingerprint()).toBe(second.fingerprint);
  });
});

describe("the certificate of the owner", () => {
  test("has these subkeys and no others", async () => {
    expect(await subkeysIn(newer)).toEqual(both());
    expect(await subkeysIn(await certificateOf({ key: anna.own.key, subkeys: [second] }))).toEqual([
      second.fingerprint,
    ]);
    expect(await subkeysIn(cut)).toEqual([]);
  });

  test("has nothing secret in it", async () => {
    const key: Key = await keyIn(newer);
    expect(key.isPrivate()).toBe(false);
    const tags = key.toPacketList().map((packet) => (packet.constructor as { tag?: enums.packet }).tag);
    expect(tags).toContain(enums.packet.publicSubkey);
    expect(tags).not.toContain(enums.packet.secretKey);
    expect(tags).not.toContain(enums.packet.secretSubkey);
    await expect(readPrivateKey({ binaryKey: newer, config })).rejects.toThrow();
    const secret = await wholeKey({ key: anna.own.key, subkeys: [...anna.own.subkeys, second] });
    const seeds = [secret, ...secret.subkeys].flatMap(({ keyPacket }) =>
      Object.values((keyPacket as unknown as Private).privateParams),
    );
    expect(seeds).toHaveLength(3);
    for (const seed of seeds) {
      expect(Buffer.from(secret.write()).includes(seed)).toBe(true);
      expect(Buffer.from(newer).includes(seed)).toBe(false);
    }
  });
});
