import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHUNK, SEALED_CHUNK } from "../../../src/store/media-seal.ts";
import { openedFromWire, sealedForWire, WireDamaged, wireBytes } from "../../../src/store/wire-seal.ts";

const key = randomBytes(32);
const plainOf = (bytes: Buffer) =>
  async function* ({ start, end }: { start: number; end: number }) {
    yield bytes.subarray(start, end + 1);
  };

async function joined(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}
const whole = (bytes: Buffer) => ({ start: 0, end: wireBytes(bytes.byteLength) - 1 });
const sealed = (bytes: Buffer, range = whole(bytes), by = key) =>
  joined(sealedForWire({ key: by, bytes: bytes.byteLength }, plainOf(bytes), range));

async function* inPieces(wire: Buffer, size: number) {
  for (let at = 0; at < wire.byteLength; at += size) yield wire.subarray(at, at + size);
}
const opened = (wire: Buffer, bytes: number, { from = 0, by = key, size = 50_000 } = {}) =>
  joined(openedFromWire({ key: by, bytes, from }, inPieces(wire, size)));

describe("a file on its way", () => {
  test("opens as it was, whatever its length, and however it comes in pieces", async () => {
    const lengths = [1, 8, CHUNK - 9, CHUNK - 8, CHUNK - 7, CHUNK, CHUNK + 1, 3 * CHUNK - 8, 5 * CHUNK];
    for (const length of lengths) {
      const bytes = randomBytes(length);
      const wire = await sealed(bytes);
      expect(wire.byteLength).toBe(wireBytes(length));
      expect((await opened(wire, length, { size: 999 + length })).equals(bytes), String(length)).toBe(true);
    }
  });

  test("is the same byte by byte from wherever it is asked for", async () => {
    const bytes = randomBytes(4 * CHUNK + 100);
    const wire = await sealed(bytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(wire.byteLength - 1), fc.nat(wire.byteLength - 1), async (one, other) => {
        const range = { start: Math.min(one, other), end: Math.max(one, other) };
        expect((await sealed(bytes, range)).equals(wire.subarray(range.start, range.end + 1))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("goes on at any chunk", async () => {
    const bytes = randomBytes(4 * CHUNK + 100);
    const wire = await sealed(bytes);
    for (let from = 0; from <= 4; from += 1) {
      const rest = await opened(wire.subarray(from * SEALED_CHUNK), bytes.byteLength, { from });
      expect(rest.equals(bytes.subarray(from * CHUNK))).toBe(true);
    }
  });

  test("is of a few sizes only, and holds nothing of the file", async () => {
    const sizes = new Set(Array.from({ length: 64 }, (_, n) => wireBytes(40 * CHUNK + n * 1_000)));
    expect(sizes.size).toBe(1);
    expect((await sealed(Buffer.alloc(CHUNK, "canary"))).includes("canary")).toBe(false);
  });
});

describe("what does not open", () => {
  const bytes = randomBytes(3 * CHUNK + 5);
  const length = bytes.byteLength;
  const refused = (wire: Buffer, o: { by?: Buffer<ArrayBuffer>; of?: number } = {}) =>
    expect(opened(wire, o.of ?? length, o)).rejects;

  test("another key, a turned bit, chunks that changed places, another file's chunk", async () => {
    const wire = await sealed(bytes);
    await refused(wire, { by: randomBytes(32) }).toThrow(WireDamaged);
    for (const at of [0, CHUNK + 3, SEALED_CHUNK + 1, wire.byteLength - 1]) {
      const turned = Buffer.from(wire);
      turned[at] = (turned[at] ?? 0) ^ 4;
      await refused(turned).toThrow(WireDamaged);
    }
    const [one, other, rest] = [
      wire.subarray(0, SEALED_CHUNK),
      wire.subarray(SEALED_CHUNK, 2 * SEALED_CHUNK),
      wire.subarray(2 * SEALED_CHUNK),
    ];
    await refused(Buffer.concat([other, one, rest])).toThrow(WireDamaged);
    const foreign = (await sealed(bytes, whole(bytes), randomBytes(32))).subarray(0, SEALED_CHUNK);
    await refused(Buffer.concat([foreign, other, rest])).toThrow(WireDamaged);
  });

  test("more than there is to be, and a length that is not the one that was said", async () => {
    const wire = await sealed(bytes);
    await refused(Buffer.concat([wire, Buffer.from("x")])).toThrow(WireDamaged);
    await refused(wire, { of: length - 1 }).toThrow(WireDamaged);
    await refused(wire, { of: length + 1 }).toThrow(WireDamaged);
  });

  test("less is a link that broke off", async () => {
    const wire = await sealed(bytes);
    await refused(wire.subarray(0, -1)).toMatchObject({ code: "peer-off" });
    await refused(wire.subarray(0, SEALED_CHUNK)).toMatchObject({ code: "peer-off" });
  });
});
