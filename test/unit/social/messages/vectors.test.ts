import { expect, test } from "vitest";
import { open } from "../../../../src/social/messages/pgp/open.ts";
import { certificateOf } from "../../../../src/social/messages/pgp/own-key.ts";
import { seal } from "../../../../src/social/messages/pgp/seal.ts";
import { readCertificate } from "../../../../src/social/messages/pgp/their-key.ts";
// Keys that are nobody's; what newer programs made for them, and the samples that are printed in the standard.
import vectors from "../../../fixtures/openpgp-vectors.json" with { type: "json" };

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
const { samples } = vectors;
const sample = (name: keyof typeof samples) => bytes(samples[name].base64);
/** Whose certificate and messages the standard has. */
const theirs = { own: { key: sample("secret"), subkeys: [] }, theirs: sample("certificate"), at: vectors.at };

test.for(vectors.programs)("B16: a message that $program made to a key of $to is read", async (made) => {
  const key = bytes(made.to === "version 6" ? vectors["version 6"] : vectors["version 4"]);
  const signer = await readCertificate(bytes(made.certificate), vectors.at);
  expect(signer.goodUntil).toBeGreaterThan(vectors.at);
  const own = { key, subkeys: [] };
  const opened = await open(bytes(made.message), { own, theirs: signer.certificate, at: vectors.at });
  expect(opened).toMatchObject({ text: vectors.words });
  // The signature counts: it is not read as anybody else's.
  const other = await certificateOf(own);
  expect(await open(bytes(made.message), { own, theirs: other, at: vectors.at })).toEqual({
    refused: "wrong-signer",
  });
});

test("B16: the certificate of version 6 in RFC 9580, A.3, is read, and what is sealed to it opens with A.4", async () => {
  const read = await readCertificate(sample("certificate"), vectors.at);
  expect(read).toMatchObject({
    fingerprint: "cb186c4f0609a697e4d52dfa6c722b0c1f1e27c18a56708f6525ec27bad9acc9",
    version: 6,
  });
  const own = { key: bytes(vectors["version 6"]), subkeys: [] };
  const sealed = await seal("Hello", { own, theirs: read.certificate, now: vectors.at });
  const opened = await open(sealed, { ...theirs, theirs: await certificateOf(own) });
  expect("text" in opened && opened.text.trimEnd()).toBe("Hello");
  await expect(readCertificate(sample("secret"), vectors.at)).rejects.toMatchObject({
    code: "key-not-understood",
  });
});

test("B16: samples of messages that are not signed, not sealed or sealed in the old way are refused", async () => {
  // It opens, which is how that is known.
  expect(await open(sample("unsigned"), theirs)).toEqual({ refused: "no-signature" });
  expect(await open(sample("signed"), theirs)).toEqual({ refused: "odd-packets" });
  expect(await open(sample("oldFormat"), theirs)).toEqual({ refused: "old-format" });
});
