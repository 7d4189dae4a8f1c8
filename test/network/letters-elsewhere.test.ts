import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { open } from "../../src/social/messages/pgp/open.ts";
import { seal } from "../../src/social/messages/pgp/seal.ts";
import { readCertificate } from "../../src/social/messages/pgp/their-key.ts";
import { gnupg, type Program, stateless } from "../support/openpgp-programs.ts";
import { type Sealer, sealerAt } from "../support/sealing.ts";

const words = "Grüße, 😀\nand a second line";

/** `version6`: what comes of writing to a key that not every program knows. */
type Row = { theirKey: string; oursRead: string; theirsRead: string; version6: string };

/** In one piece, as gnupgKeys has it. */
async function oldSealer(start: number): Promise<Sealer> {
  const { own, ...us } = await sealerAt("us", 4, start);
  const key = Buffer.concat([own.key, ...own.subkeys.map(({ secret }) => secret)]);
  return { ...us, own: { key, subkeys: [] } };
}

/** What was done, or that it did not work. */
async function tried(what: () => Promise<string>): Promise<string> {
  try {
    return await what();
  } catch {
    return "no";
  }
}

async function rowOf(program: Program, us: Sealer, newer: Sealer): Promise<Row> {
  const now = Date.now();
  const { version, certificate: theirs, goodUntil } = await readCertificate(program.certificate, now);
  const sealedBy = async (own: Sealer["own"]) => seal(words, { own, theirs, now });
  const read = async (who: Sealer) =>
    open(program.seal(words, who.theirs), { own: who.own, theirs, at: Date.now() });
  return {
    theirKey: `version ${version}, ${goodUntil > now ? "can be written to" : "cannot be written to"}`,
    oursRead: await tried(async () => {
      const opened = program.open(await sealedBy(us.own), us.theirs, us.fingerprint);
      return opened.trimEnd() === words ? "read, signature good" : "other words";
    }),
    theirsRead: await tried(async () => {
      const opened = await read(us);
      return "text" in opened && opened.text === words ? "read, signature good" : JSON.stringify(opened);
    }),
    version6: await tried(async () => {
      const opened = await read(newer);
      return "text" in opened ? "writes to it" : opened.refused;
    }),
  };
}

test("B16: what GnuPG, Sequoia and GopenPGP make is read here, and what is made here by them, as is written down", async () => {
  const start = Date.now() - 60_000;
  const [us, newer] = [await oldSealer(start), await sealerAt("newer", 6, start)];
  using curve = gnupg("curve25519");
  using rsa = gnupg("rsa");
  using sequoia = stateless("Sequoia");
  using gopenpgp = stateless("GopenPGP");
  const matrix = {
    "GnuPG, Curve 25519": await rowOf(curve, us, newer),
    "GnuPG, RSA": await rowOf(rsa, us, newer),
    Sequoia: await rowOf(sequoia, us, newer),
    GopenPGP: await rowOf(gopenpgp, us, newer),
  };
  console.log([curve.name, sequoia.name, gopenpgp.name].join(", "));
  console.table(matrix);
  const baseline = JSON.parse(await readFile("test/fixtures/openpgp-programs.json", "utf8"));
  expect(Object.keys(matrix)).toEqual(Object.keys(baseline));
  for (const [name, { version6, ...row }] of Object.entries(matrix)) {
    const { version6: either, ...stored } = baseline[name];
    expect(row, name).toEqual(stored);
    // What Debian has now knows version 6, what it had before does not.
    expect(either, name).toContain(version6);
  }
});

test("B16: a message that GnuPG made and somebody turned is refused, or says the same", async () => {
  const us = await oldSealer(Date.now() - 60_000);
  using curve = gnupg();
  const { certificate: theirs } = await readCertificate(curve.certificate, Date.now());
  const sealed = curve.seal(words, us.theirs);
  expect(await open(sealed, { own: us.own, theirs, at: Date.now() })).toMatchObject({ text: words });
  let refused = 0;
  for (let at = 0; at < sealed.length; at += 3) {
    const turned = new Uint8Array(sealed);
    turned[at] = (turned[at] ?? 0) ^ 4;
    const opened = await open(turned, { own: us.own, theirs, at: Date.now() });
    if ("refused" in opened) refused += 1;
    else expect(opened.text).toBe(words);
  }
  expect(refused).toBeGreaterThan(sealed.length / 6);
});
