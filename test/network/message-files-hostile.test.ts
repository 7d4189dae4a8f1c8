import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { removeDropped } from "../../src/social/media/drop.ts";
import { SEALED_CHUNK } from "../../src/store/media-seal.ts";
import { wireBytes } from "../../src/store/wire-seal.ts";
import type { Member } from "../support/federated.ts";
import type { MediaHost } from "../support/media-host.ts";
import { act } from "../support/members.ts";
import {
  becomes,
  file,
  fileAt,
  gets,
  openTwoWithFiles,
  sends,
  type TwoWithFiles,
} from "../support/two-with-files.ts";

let two: TwoWithFiles;
let anna: Member;
let ben: Member;
let annas: MediaHost;
let bens: MediaHost;

beforeEach(async () => {
  two = await openTwoWithFiles();
  ({ anna, ben, annas, bens } = two);
});
afterEach(() => two[Symbol.asyncDispose]());

describe("what a device that means harm serves", () => {
  const size = 500_000;
  const turned = (bytes: Buffer) => {
    bytes[70_000] = (bytes[70_000] ?? 0) ^ 1;
    return bytes;
  };
  const swapped = (bytes: Buffer) => {
    const [one, other] = [bytes.subarray(0, SEALED_CHUNK), bytes.subarray(SEALED_CHUNK, 2 * SEALED_CHUNK)];
    return Buffer.concat([other, one, bytes.subarray(2 * SEALED_CHUNK)]);
  };
  test.each<[string, (bytes: Buffer) => Buffer]>([
    ["a byte that was turned", turned],
    ["two chunks in each other's place", swapped],
    ["noise", (bytes) => randomBytes(bytes.byteLength)],
    ["more than there is to be", (bytes) => Buffer.concat([bytes, bytes])],
  ])("%s is refused, said, and nothing of it stays", async (_what, change) => {
    await sends(anna, annas, ben, [file(size)]);
    await two.settled();
    two.interfere(async (_request, go) => {
      const answer = await go();
      const body = change(Buffer.from(await answer.arrayBuffer()));
      return new Response(new Uint8Array(body), { status: answer.status, headers: answer.headers });
    });
    await gets(ben, anna);
    await becomes(ben, anna, "failed");
    expect(await fileAt(ben, anna)).toMatchObject({ why: "damaged", received: 0 });
    await removeDropped(ben.store);
    expect(await ben.store.media.bytes()).toBe(0);
  });

  test("another size than the letter says, another whole, or no range at all is refused", async () => {
    await sends(anna, annas, ben, [file(size)]);
    await two.settled();
    const all = wireBytes(size);
    const answers = [
      [206, `bytes 0-${all - 1}/${all + 1}`],
      [206, `bytes 65552-${all - 1}/${all}`],
      [200, ""],
      [416, ""],
    ] as const;
    for (const [status, range] of answers) {
      two.interfere(
        async () => new Response("x", { status, headers: range === "" ? {} : { "content-range": range } }),
      );
      await gets(ben, anna);
      await becomes(ben, anna, "failed");
    }
  });

  test("a sealed blob of other words than the letter's hash says is refused at its end", async () => {
    await sends(anna, annas, ben, [file(size)]);
    await two.settled();
    await act(ben, (tx) => tx.messageFile.updateMany({ data: { sha256: "0".repeat(64) } }));
    await gets(ben, anna);
    await becomes(ben, anna, "failed");
    expect((await fileAt(ben, anna)).why).toBe("damaged");
  });

  test("a page that calls itself a picture is a file to be saved", async () => {
    await sends(anna, annas, ben, [{ ...file(0), bytes: Buffer.from("<html><script>x()</script>") }]);
    await two.settled();
    await act(ben, (tx) => tx.messageFile.updateMany({ data: { type: "image/png" } }));
    await gets(ben, anna);
    await becomes(ben, anna, "here");
    const found = await bens.messageFiles.forOwner((await fileAt(ben, anna)).id);
    expect(found?.type).toBe("application/octet-stream");
  });
});
