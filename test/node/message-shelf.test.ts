import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MESSAGE_FILES } from "../../src/social/messages/files/file.ts";
import { type House, openHouse } from "../support/api-house.ts";
import { mp4, PLANTED } from "../support/films.ts";
import { filesOver } from "../support/own-files.ts";
import { noise } from "../support/png.ts";

/** What the owner gives to a message, as it is taken in. */
let house: House;
beforeEach(async () => {
  house = await openHouse("Nora Lind");
});
afterEach(() => house[Symbol.asyncDispose]());

async function takenIn(bytes: Buffer | Readable, said: { name: string; type: string }) {
  const { addMessageFile } = filesOver(house.store, house.acting.now);
  const id = await addMessageFile(Buffer.isBuffer(bytes) ? Readable.from([bytes]) : bytes, said);
  const row = await house.store.read.media.findUniqueOrThrow({ where: { id } });
  const parts: Buffer[] = [];
  for await (const part of house.store.media.read(id)) parts.push(part);
  const kept = Buffer.concat(parts);
  expect(row.bytes).toBe(kept.byteLength);
  expect(row.sha256).toBe(createHash("sha256").update(kept).digest("hex"));
  return { row, kept };
}

describe("a file for a message", () => {
  test("that is a picture is made anew", async () => {
    const bytes = noise(200, 100);
    const { row, kept } = await takenIn(bytes, { name: "field.png", type: "image/png" });
    expect(row).toMatchObject({ type: "image/png", width: 200, height: 100, name: "", purpose: "waiting" });
    expect(kept.equals(bytes)).toBe(false);
  });

  test("that is a film loses what it tells", async () => {
    const film = mp4();
    const { row, kept } = await takenIn(film, { name: "a.mp4", type: "video/mp4" });
    expect(row.type).toBe("video/mp4");
    expect([film.includes(PLANTED), kept.includes(PLANTED)]).toEqual([true, false]);
  });

  test("that is a film of a kind we cannot look into goes as the file it is", async () => {
    const docType = Buffer.concat([Buffer.from([0x42, 0x82, 0x88]), Buffer.from("matroska")]);
    const head = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80 + docType.byteLength]), docType]);
    const film = Buffer.concat([head, Buffer.alloc(300_000, 7)]);
    const { row, kept } = await takenIn(film, { name: "a.mkv", type: "video/x-matroska" });
    expect(row).toMatchObject({ type: "application/octet-stream", name: "a.mkv" });
    expect(kept.equals(film)).toBe(true);
  });

  test("that is a picture of a kind we cannot make anew is not taken, nor an empty one", async () => {
    for (const [bytes, type] of [
      ["GIF89a", "image/gif"],
      ["words", "image/jpeg"],
    ] as const)
      await expect(takenIn(Buffer.from(bytes), { name: "a", type })).rejects.toMatchObject({
        code: "picture-kind",
      });
    await expect(takenIn(Readable.from([]), { name: "a", type: "" })).rejects.toMatchObject({
      code: "bad-request",
    });
    expect(await house.store.media.bytes()).toBe(0);
  });

  test("that is larger than a message carries is refused as soon as it is, and nothing of it stays", async () => {
    const piece = Buffer.alloc(1);
    // It only says that it is large: nothing of it is read.
    Object.defineProperty(piece, "byteLength", { value: MESSAGE_FILES.largest });
    const endless = Readable.from([Buffer.alloc(1_000, 1), piece, Buffer.from("x")], { objectMode: true });
    await expect(takenIn(endless, { name: "a", type: "" })).rejects.toMatchObject({
      code: "message-file-too-large",
    });
    expect(await house.store.media.bytes()).toBe(0);
  });
});
