import { createMessage, encrypt, enums, readKey } from "openpgp";
import { beforeAll, describe, expect, test } from "vitest";
import { linesOf } from "../../../../src/social/html.ts";
import { armourIn } from "../../../../src/social/messages/elsewhere/armour.ts";
import { open } from "../../../../src/social/messages/pgp/open.ts";
import { openMail } from "../../../../src/social/messages/pgp/open-mail.ts";
import { wholeKey } from "../../../../src/social/messages/pgp/own-key.ts";
import { sealMail } from "../../../../src/social/messages/pgp/seal-mail.ts";
import { asMastodon } from "../../../support/elsewhere.ts";
import { DAY, type Sealer, START, sealerAt } from "../../../support/sealing.ts";

const NOW = START + DAY;
const TEXT = "The boat is free.\n\nFrom ten.";

let anna: Sealer;
let annasOld: Sealer;
let zoe: Sealer;
let mallory: Sealer;
let armour: string;
beforeAll(async () => {
  [anna, annasOld] = [await sealerAt("anna"), await sealerAt("anna", 4)];
  [zoe, mallory] = [await sealerAt("zoe", 4), await sealerAt("mallory", 4)];
  armour = await sealMail(TEXT, { own: zoe.own, theirs: annasOld.theirs, now: NOW });
});

const bytesOf = (text: string) => armourIn(text) ?? new Uint8Array();
const opened = (text: string, theirs: Uint8Array | null = zoe.theirs) =>
  openMail(bytesOf(text), [annasOld.own, anna.own], theirs);

describe("an armour in a post", () => {
  test.each<[string, (one: string) => string]>([
    ["in <pre>", (one) => `<p>Read this:</p><pre>${one}</pre>`],
    ["in <pre><code>", (one) => `<pre><code>${one}</code></pre>`],
    ["as Mastodon writes what was typed", (one) => `<p><a href="x">@anna</a> ${asMastodon(one)}</p>`],
    ["with every line a paragraph", (one) => `<p>${one.trim().split("\n").join("</p><p>")}</p>`],
    [
      "with headers and a checksum",
      (one) =>
        `<pre>${one.replace("\n\n", "\nVersion: GnuPG v2\nComment: a: b\n\n").replace("\n-----END", "\n=aB3+\n-----END")}</pre>`,
    ],
    ["with lines of Windows and spaces behind", (one) => `<pre>${one.replaceAll("\n", " \u00a0\r\n")}</pre>`],
    ["and another behind it", (one) => `<pre>${one}</pre><pre>${one}</pre>`],
  ])("%s is found and opened", async (_how, written) => {
    const found = await opened(linesOf(written(armour)));
    expect(found).toMatchObject({ signature: "known", text: expect.stringContaining(TEXT) });
  });

  test.each([
    ["nothing of the kind", "hello -----BEGIN PGP PUBLIC KEY BLOCK-----", null],
    ["one that does not end", "-----BEGIN PGP MESSAGE-----\n\nAAAA", new Uint8Array()],
    [
      "one that is no base64",
      "-----BEGIN PGP MESSAGE-----\n\nAA<A*\n-----END PGP MESSAGE-----",
      new Uint8Array(),
    ],
    ["one without a word", "-----BEGIN PGP MESSAGE----------END PGP MESSAGE-----", new Uint8Array()],
    [
      "one that is too long",
      `-----BEGIN PGP MESSAGE-----\n${"A".repeat(200_000)}\n-----END PGP MESSAGE-----`,
      new Uint8Array(),
    ],
  ])("%s is none that could be opened", (_what, text, found) => {
    expect(armourIn(text)).toEqual(found);
  });
});

test.each([" ", "\u200b", "\t\u200b"])("blanks of kind %j without end do not hold the node", (blank) => {
  const body = `${blank.repeat(150_000 / blank.length)}x`;
  // As work that grows with the square of it, this takes longer than a test may.
  expect(armourIn(`-----BEGIN PGP MESSAGE-----${body}-----END PGP MESSAGE-----`)).toEqual(new Uint8Array());
});

describe("a signature", () => {
  test("counts when it is by the key that is known, and by no other", async () => {
    expect(await opened(armour)).toMatchObject({ signature: "known", signedAt: NOW });
    expect(await opened(armour, mallory.theirs)).toMatchObject({ signature: "other", once: "" });
    expect(await opened(armour, null)).toMatchObject({ signature: "other", once: "" });
  });

  test("that is not there leaves the words, and counts for nothing", async () => {
    const bare = await sealMail(TEXT, { own: null, theirs: annasOld.theirs, now: NOW });
    expect(await opened(bare)).toMatchObject({
      signature: "none",
      once: "",
      text: expect.stringContaining(TEXT),
    });
  });

  test("beside a second one counts for nothing", async () => {
    const signingKeys = await Promise.all([zoe, mallory].map(({ own }) => wholeKey(own)));
    const encryptionKeys = await readKey({ binaryKey: annasOld.theirs });
    const message = await createMessage({ text: TEXT });
    const twice = await encrypt({ message, encryptionKeys, signingKeys, date: new Date(NOW) });
    expect(await opened(twice)).toMatchObject({ signature: "other", once: "" });
  });

  test("is called the same however it is sealed, and each has a name of its own", async () => {
    const again = await sealMail(TEXT, { own: zoe.own, theirs: annasOld.theirs, now: NOW });
    const [one, two] = [await opened(armour), await opened(armour)];
    expect(one).toEqual(two);
    expect(await opened(again)).not.toMatchObject({ once: "once" in one ? one.once : "" });
  });
});

describe("what is sealed", () => {
  test("for a newer key opens too, and for nobody's here does not", async () => {
    const newer = await sealMail(TEXT, { own: zoe.own, theirs: anna.theirs, now: NOW });
    expect(await opened(newer)).toMatchObject({ signature: "known" });
    const others = await sealMail(TEXT, { own: zoe.own, theirs: mallory.theirs, now: NOW });
    expect(await opened(others)).toEqual({ refused: "not-ours" });
    expect(await openMail(bytesOf(armour), [], zoe.theirs)).toEqual({ refused: "not-ours" });
  });

  test("and unpacks to more than there is room for is refused", async () => {
    const message = await createMessage({ text: "a".repeat(4 * 1024 * 1024) });
    const encryptionKeys = await readKey({ binaryKey: annasOld.theirs });
    const config = { preferredCompressionAlgorithm: enums.compression.zlib };
    const bomb = await encrypt({ message, encryptionKeys, date: new Date(NOW), config });
    expect(await opened(bomb)).toMatchObject({ refused: "damaged" });
  });

  test("is no letter: a device that takes letters refuses it unsigned", async () => {
    const bare = await sealMail(TEXT, { own: null, theirs: anna.theirs, now: NOW });
    expect(await open(bytesOf(bare), { own: anna.own, theirs: zoe.theirs, at: NOW })).toEqual({
      refused: "no-signature",
    });
  });

  test("tells its length only roughly, and stands without headers", async () => {
    const lengths = await Promise.all(
      ["ok", "a".repeat(900)].map(
        async (text) => (await sealMail(text, { own: null, theirs: zoe.theirs, now: NOW })).length,
      ),
    );
    expect(Math.abs((lengths[0] ?? 0) - (lengths[1] ?? 0))).toBeLessThan(100);
    expect(armour).toMatch(/^-----BEGIN PGP MESSAGE-----\r?\n\r?\n/);
  });
});

test("HTML becomes lines as they were written", () => {
  expect(linesOf("<p>a &lt;b&gt;<br>c</p><p>d</p><script>x</script>")).toBe("a <b>\nc\n\nd\n\n");
});
