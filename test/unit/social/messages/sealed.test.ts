import {
  createMessage,
  encrypt,
  enums,
  generateSessionKey,
  type PartialConfig,
  readKey,
  readMessage,
  sign,
} from "openpgp";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { config } from "../../../../src/social/messages/pgp/config.ts";
import { open } from "../../../../src/social/messages/pgp/open.ts";
import { certificateOf, makeSubkey, wholeKey } from "../../../../src/social/messages/pgp/own-key.ts";
import { seal } from "../../../../src/social/messages/pgp/seal.ts";
import { DAY, type Sealer, START, sealerAt } from "../../../support/sealing.ts";

const NOW = START + DAY;
const TEXT = "The boat is free from ten.";

let anna: Sealer;
let ben: Sealer;
let mallory: Sealer;
/** What Anna sealed for Ben. */
let sealed: Uint8Array;
beforeAll(async () => {
  [anna, ben, mallory] = [await sealerAt("anna"), await sealerAt("ben"), await sealerAt("mallory")];
  sealed = await seal(TEXT, { own: anna.own, theirs: ben.theirs, now: NOW });
});

type Craft = {
  signedBy?: Sealer[];
  passwords?: string;
  config?: PartialConfig;
  sessionKey?: { data: Uint8Array; algorithm: "aes256" };
};

/** For Ben, by somebody who has the library too and leaves out what they like. */
async function crafted(data: Uint8Array | string, { signedBy = [], ...more }: Craft): Promise<Uint8Array> {
  const signingKeys = await Promise.all(signedBy.map(({ own }) => wholeKey(own)));
  return await encrypt({
    message: await createMessage({ binary: Buffer.from(data) }),
    encryptionKeys: await readKey({ binaryKey: ben.theirs, config }),
    ...(signingKeys.length > 0 ? { signingKeys } : {}),
    ...{ date: new Date(NOW), format: "binary", config },
    ...more,
  });
}

/** Where a key of version 6 says so; the library's types do not name it. */
type Likes = { directSignatures: { preferredCompressionAlgorithms: enums.compression[] }[] };

/** Signed by Anna and packed, for Ben, whose key is made to say that he likes that. */
async function packed(data: Uint8Array, algorithm: enums.compression): Promise<Uint8Array> {
  const likes = await readKey({ binaryKey: ben.theirs, config });
  const { directSignatures } = likes as unknown as Likes;
  for (const one of directSignatures) one.preferredCompressionAlgorithms = [algorithm];
  return await encrypt({
    message: await createMessage({ binary: data }),
    ...{ encryptionKeys: likes, signingKeys: await wholeKey(anna.own), date: new Date(NOW) },
    ...{ format: "binary", config: { ...config, preferredCompressionAlgorithm: algorithm } },
  });
}

const openedBy = (who: Sealer, bytes: Uint8Array, from = anna) =>
  open(bytes, { own: who.own, theirs: from.theirs, at: NOW });
/** Its text without what was added to hide its length. */
const textOf = (opened: Awaited<ReturnType<typeof open>>) =>
  "text" in opened ? opened.text.trimEnd() : opened;

describe("what is sealed", () => {
  test("is opened by who it is for and by its writer, and tells when it was signed", async () => {
    for (const who of [ben, anna]) {
      const opened = await openedBy(who, sealed);
      expect(textOf(opened)).toBe(TEXT);
      expect(opened).toMatchObject({ signedAt: NOW });
    }
  });

  test("is opened by nobody else", async () => {
    expect(await openedBy(mallory, sealed)).toEqual({ refused: "not-ours" });
  });

  test("names nobody, and is the same twice in nothing but its length", async () => {
    const message = await readMessage({ binaryMessage: sealed });
    expect(message.getEncryptionKeyIDs().map((id) => id.toHex())).toEqual(["0".repeat(16), "0".repeat(16)]);
    const again = await seal(TEXT, { own: anna.own, theirs: ben.theirs, now: NOW });
    expect(again).not.toEqual(sealed);
    expect(again).toHaveLength(sealed.length);
    for (const { fingerprint } of [...anna.own.subkeys, ...ben.own.subkeys])
      expect(Buffer.from(sealed).includes(Buffer.from(fingerprint, "hex"))).toBe(false);
  });

  test("is opened between keys of version 4 as well, and between old and new", async () => {
    const old = await sealerAt("olga", 4);
    for (const [from, to] of [
      [old, ben],
      [ben, old],
    ] as const) {
      const bytes = await seal(TEXT, { own: from.own, theirs: to.theirs, now: NOW });
      expect(textOf(await openedBy(to, bytes, from))).toBe(TEXT);
    }
  });
});

describe("B3: with more or less than one letter by one person", () => {
  test("B3: unsigned is refused", async () => {
    expect(await openedBy(ben, await crafted(TEXT, {}))).toEqual({ refused: "no-signature" });
  });

  test("B3: signed by two is refused, though one is right, in either order", async () => {
    for (const signedBy of [
      [anna, mallory],
      [mallory, anna],
      [anna, anna],
    ])
      expect(await openedBy(ben, await crafted(TEXT, { signedBy }))).toEqual({
        refused: "several-signatures",
      });
  });

  test("B3: signed by somebody else is refused, also with the keys of somebody who is known otherwise", async () => {
    expect(await openedBy(ben, await crafted(TEXT, { signedBy: [mallory] }))).toEqual({
      refused: "wrong-signer",
    });
    expect(await openedBy(ben, sealed, mallory)).toEqual({ refused: "wrong-signer" });
    expect(await openedBy(ben, await crafted(TEXT, { signedBy: [mallory, mallory] }))).toMatchObject({
      refused: expect.stringMatching(/^(?:wrong-signer|several-signatures)$/),
    });
  });

  test("B3: a passphrase that opens it too is refused", async () => {
    for (const s2kType of [enums.s2k.iterated, enums.s2k.argon2] as const) {
      const more = { signedBy: [anna], passwords: "open sesame", config: { ...config, s2kType } };
      const bytes = await crafted(TEXT, more);
      expect(await openedBy(ben, bytes)).toEqual({ refused: "odd-packets" });
    }
  });

  test("B3: anything behind or before it is refused", async () => {
    const literal = Buffer.from([0xcb, 6, 0x62, 0, 0, 0, 0, 0]);
    const marker = Buffer.from([0xca, 3, 0x50, 0x47, 0x50]);
    const unknown = Buffer.from([0xff, 3, 1, 2, 3]);
    const padding = Buffer.from([0xd5, 4, 1, 2, 3, 4]);
    for (const packet of [literal, unknown, sealed])
      for (const parts of [
        [sealed, packet],
        [packet, sealed],
      ])
        expect(await openedBy(ben, Buffer.concat(parts))).toEqual({
          refused: expect.stringMatching(/^(?:odd-packets|damaged)$/),
        });
    // These stand for nothing, by the standard.
    for (const parts of [
      [marker, sealed],
      [sealed, padding],
    ])
      expect(textOf(await openedBy(ben, Buffer.concat(parts)))).toBe(TEXT);
  });

  test("B3: no seal at all, nothing, noise, and more recipients than a letter has are refused", async () => {
    const own = await wholeKey(anna.own);
    const open = await sign({
      message: await createMessage({ binary: Buffer.from(TEXT) }),
      ...{ signingKeys: own, date: new Date(NOW), format: "binary" as const, config },
    });
    for (const bytes of [open, new Uint8Array(), Buffer.alloc(2048, 0xa5), Buffer.from("hello")])
      expect(await openedBy(ben, bytes)).toMatchObject({
        refused: expect.stringMatching(/^(?:odd-packets|damaged)$/),
      });
    const many = await encrypt({
      message: await createMessage({ binary: Buffer.from(TEXT) }),
      encryptionKeys: await Promise.all(
        Array.from({ length: 18 }, () => readKey({ binaryKey: ben.theirs, config })),
      ),
      ...{ signingKeys: own, date: new Date(NOW), format: "binary" as const, config },
    });
    expect(await openedBy(ben, many)).toEqual({ refused: "odd-packets" });
    expect(await openedBy(ben, Buffer.alloc(200 * 1024 + 1, 0xd2))).toEqual({ refused: "too-large" });
  });
});

describe("damaged on its way", () => {
  test("B4: one bit turned at any byte changes no word; nearly all are refused", async () => {
    let accepted = 0;
    for (let at = 0; at < sealed.length; at += 1) {
      const turned = Uint8Array.from(sealed);
      turned[at] = (turned[at] ?? 0) ^ (1 << (at % 8));
      const text = textOf(await openedBy(ben, turned));
      if (typeof text !== "string") continue;
      expect(text).toBe(TEXT);
      accepted += 1;
    }
    // The part for the writer's own devices is nothing to Ben: some 110 bytes.
    expect(accepted).toBeLessThan(150);
  }, 120_000);

  test("B5: cut at every 37th byte is refused", async () => {
    for (let length = 0; length < sealed.length; length += 37)
      expect(await openedBy(ben, sealed.subarray(0, length))).toMatchObject({ refused: expect.any(String) });
    expect(await openedBy(ben, sealed.subarray(0, -1))).toMatchObject({ refused: expect.any(String) });
  });

  test("B6: what would unpack to 64 MiB is refused, whatever packs it", async () => {
    const { zlib, zip } = enums.compression;
    for (const algorithm of [zlib, zip]) {
      const bomb = await packed(Buffer.alloc(64 * 1024 * 1024), algorithm);
      expect(bomb.length).toBeLessThan(100 * 1024);
      expect(await openedBy(ben, bomb)).toEqual({ refused: "damaged" });
      // It is the size that is refused, not the packing.
      const nearly = await openedBy(ben, await packed(Buffer.alloc(1000 * 1024, 0x61), algorithm));
      expect("text" in nearly && nearly.text.length).toBe(1000 * 1024);
      const over = await packed(Buffer.alloc(1100 * 1024, 0x61), algorithm);
      expect(await openedBy(ben, over)).toEqual({ refused: "damaged" });
    }
  }, 60_000);

  test("B7: the older kind of seal, which can be changed on its way, is refused for a newer key", async () => {
    const encryptionKeys = await readKey({ binaryKey: ben.theirs, config });
    const made = await generateSessionKey({ encryptionKeys, date: new Date(NOW), config });
    const sessionKey = { data: made.data, algorithm: "aes256" } as const;
    const weak = { ...config, aeadProtect: false };
    const bytes = await crafted(TEXT, { signedBy: [anna], sessionKey, config: weak });
    expect(await openedBy(ben, bytes)).toEqual({ refused: "old-format" });
  });
});

describe("time", () => {
  /** As by a clock that is off: signed then, sealed to the key that is good now. */
  async function signedAt(at: number): Promise<Uint8Array> {
    const plain = await createMessage({ binary: Buffer.from(TEXT) });
    const signingKeys = await wholeKey(anna.own);
    const message = await sign({
      message: plain,
      signingKeys,
      date: new Date(at),
      format: "object",
      config,
    });
    const encryptionKeys = await readKey({ binaryKey: ben.theirs, config });
    return await encrypt({ message, encryptionKeys, date: new Date(NOW), format: "binary", config });
  }

  test("B10, B11: a subkey that has run out is not sealed to any more, and still opens while its secret is here", async () => {
    const now = START + 15 * DAY;
    await expect(seal(TEXT, { own: anna.own, theirs: ben.theirs, now })).rejects.toMatchObject({
      code: "key-expired",
    });
    vi.useFakeTimers({ now, toFake: ["Date"] });
    expect(textOf(await openedBy(ben, sealed))).toBe(TEXT);
  });

  test("B11: once the secret is destroyed nothing opens what was sealed to it", async () => {
    const subkeys = [await makeSubkey(ben.own.key, START + 7 * DAY)];
    for (const own of [
      { key: ben.own.key, subkeys },
      { key: ben.own.key, subkeys: [] },
    ])
      expect(await openedBy({ ...ben, own }, sealed)).toEqual({ refused: "not-ours" });
    const theirs = await certificateOf({ key: ben.own.key, subkeys });
    const anew = await seal(TEXT, { own: anna.own, theirs, now: START + 8 * DAY });
    expect(textOf(await openedBy({ ...ben, own: { key: ben.own.key, subkeys } }, anew))).toBe(TEXT);
    expect(await openedBy(ben, anew)).toEqual({ refused: "not-ours" });
  });

  test("B12: signed by a clock that is a month off opens, and says when it was signed", async () => {
    for (const days of [-30, 30]) {
      const at = NOW + days * DAY;
      const opened = await openedBy(ben, await signedAt(at));
      expect(textOf(opened)).toBe(TEXT);
      expect(opened).toMatchObject({ signedAt: at });
    }
  });

  test("B12: opens where the clock is a month off", async () => {
    for (const days of [-30, 30]) {
      vi.useFakeTimers({ now: NOW + days * DAY, toFake: ["Date"] });
      const opened = await openedBy(ben, sealed);
      expect(textOf(opened)).toBe(TEXT);
      expect(opened).toMatchObject({ signedAt: NOW });
    }
  });

  afterEach(() => {
    vi.useRealTimers();
  });
});
