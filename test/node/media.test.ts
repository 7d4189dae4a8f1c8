import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createOwnFiles, type OwnFiles } from "../../src/file-shelf.ts";
import { createLog } from "../../src/lib/log.ts";
import { measure, pictureType } from "../../src/pictures/measure.ts";
import { reencode } from "../../src/pictures/reencode.ts";
import { addEmoji, dropEmoji } from "../../src/social/emojis/own-emojis.ts";
import { removeDropped, sweepFiles } from "../../src/social/media/drop.ts";
import { saveMediaRow } from "../../src/social/media/media.ts";
import { edit } from "../../src/social/posts/edit.ts";
import { publish } from "../../src/social/posts/publish.ts";
import { remove } from "../../src/social/posts/remove.ts";
import { changeProfile } from "../../src/social/profile/change-profile.ts";
import { followStore } from "../../src/upkeep.ts";
import { type House, openHouse } from "../support/api-house.ts";
import { eventually } from "../support/eventually.ts";
import { mp4, PLANTED } from "../support/films.ts";
import { picturing } from "../support/media-host.ts";
import { noise, png } from "../support/png.ts";

let house: House;
let files: OwnFiles;

beforeEach(async () => {
  house = await openHouse("Anna");
  files = createOwnFiles({ ...picturing, store: house.store, now: house.acting.now });
});
afterEach(() => house[Symbol.asyncDispose]());

const add = (bytes: Buffer, type = "", name = "x") => files.add(Readable.from([bytes]), { name, type });
const row = (id: string) => house.store.read.media.findUniqueOrThrow({ where: { id } });
const plain = async (id: string) => Buffer.concat(await house.store.media.read(id).toArray());
const isOnDisk = (id: string) =>
  plain(id).then(
    () => true,
    () => false,
  );
const DAY = 24 * 60 * 60_000;

/** A JPEG that says it lies on its side, and where it was taken (EXIF 2.32). */
function withExif(jpeg: Buffer): Buffer {
  const tiff = Buffer.alloc(26 + PLANTED.length);
  tiff.write("II*\0\x08\0\0\0\x01\0", "latin1");
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(6, 18);
  tiff.write(PLANTED, 26);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, (body.byteLength + 2) >> 8, (body.byteLength + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

describe("a picture for a post", () => {
  test("E10: is turned as it says, and loses place and camera", async () => {
    const photo = await reencode(picturing, noise(1200, 600), "whole");
    expect([photo.type, photo.width, photo.height]).toEqual(["image/jpeg", 1200, 600]);
    const id = await add(withExif(photo.bytes), "image/jpeg");
    expect(await row(id)).toMatchObject({
      type: "image/jpeg",
      width: 600,
      height: 1200,
      purpose: "waiting",
      name: "",
    });
    const made = await plain(id);
    expect(made.includes(PLANTED)).toBe(false);
    expect(made.includes("Exif")).toBe(false);
    expect(measure(made)).toEqual({ width: 600, height: 1200 });
  });

  test("is at most 2048 dots on its longest side, and has a blurred stand-in", async () => {
    const id = await add(png(3000, 300), "image/png");
    const found = await row(id);
    expect(found).toMatchObject({ type: "image/png", width: 2048, height: 205 });
    expect(found.blurhash).toMatch(/^[0-9A-Za-z#$%*+,\-.:;=?@[\]^_{|}~]{28}$/);
    const made = await plain(id);
    expect(pictureType(made)).toBe("image/png");
    expect(made.includes("Harbour")).toBe(false);
  });

  test("E11: that claims more dots than it may is refused before it is decoded", async () => {
    const bomb = png(10, 10, { width: 20_000, height: 20_000 });
    await expect(add(bomb, "image/png")).rejects.toMatchObject({ code: "picture-too-large" });
    expect(await house.store.read.media.count()).toBe(0);
  });

  test.each([
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"],
    ["SVG that says nothing", '<svg xmlns="http://www.w3.org/2000/svg"/>', ""],
    ["HEIF", "\0\0\0\u0018ftypheic\0\0\0\0mif1", "image/heic"],
    ["GIF", "GIF89a\u0001\0\u0001\0", "image/gif"],
    ["PDF called a picture", "%PDF-1.7", "image/png"],
    ["words called a picture", "hello", "image/jpeg"],
  ])("E12: %s is refused with a sentence", async (_, bytes, type) => {
    const refused = add(Buffer.from(bytes, "latin1"), type);
    await expect(refused).rejects.toMatchObject({
      code: "picture-kind",
      safe: expect.stringContaining("JPEG"),
    });
  });
});

describe("a film, a sound, a file", () => {
  test("E10: a film is kept without what was planted, with its size and length", async () => {
    const id = await add(mp4(), "video/mp4", "IMG_Harbour Street.mp4");
    expect(await row(id)).toMatchObject({
      type: "video/mp4",
      width: 640,
      height: 360,
      length: 3000,
      name: "",
    });
    expect((await plain(id)).includes(PLANTED)).toBe(false);
  });

  test("longer than ten minutes, larger than 100 MB, or of an unknown kind is refused, and nothing stays", async () => {
    await expect(add(mp4({ seconds: 601 }))).rejects.toMatchObject({ code: "film-too-long" });
    await expect(add(Buffer.from("RIFF....AVI LIST"), "video/x-msvideo")).rejects.toMatchObject({
      code: "film-not-readable",
    });
    await expect(add(Buffer.from("what is this"), "video/mp4")).rejects.toMatchObject({
      code: "film-not-readable",
    });
    const piece = Buffer.alloc(1024 * 1024);
    const endless = Readable.from(Array.from({ length: 101 }, () => piece));
    await expect(files.add(endless, { name: "x", type: "" })).rejects.toMatchObject({
      code: "file-too-large",
    });
    expect(await house.store.read.media.count()).toBe(0);
    expect((await house.store.sizes()).media).toBe(0);
  });

  test.each([
    ["../../../etc/passwd", "passwd"],
    ["..\\..\\boot.ini", "boot.ini"],
    ["a\0b.txt", "a b.txt"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    ["..", "file"],
    ["\u202egpj.exe", "gpj.exe"],
    [`${"x".repeat(4_096)}.pdf`, "file"],
    [`${"x".repeat(500)}.pdf`, `${"x".repeat(96)}.pdf`],
    ['a"b<c>.txt', "a_b_c_.txt"],
  ])("E13: the name %j is only a name, and becomes %j", async (said, kept) => {
    const id = await add(Buffer.from("words"), "text/plain", said);
    const { name, type } = await row(id);
    expect(type).toBe("application/octet-stream");
    expect(said.length > 4_096 ? name.length <= 100 : name === kept).toBe(true);
    expect(await plain(id)).toEqual(Buffer.from("words"));
  });
});

describe("a post's files", () => {
  const { say, act } = {
    say: (ids: string[], id?: string) =>
      act((tx) => {
        const { me, now, random } = house.acting;
        const chosen = ids.map((mediaId) => ({ mediaId, alt: "" }));
        return publish(
          tx,
          me,
          { text: "", reach: "me", files: chosen, ...(id === undefined ? {} : { id }) },
          now(),
          random,
        );
      }),
    act: <T>(work: Parameters<typeof house.acting.transact<T>>[0]) => house.acting.transact(work),
  };

  test("leave the disk with the post, and with an edit that takes them away", async () => {
    const [one, two] = [await add(png(9, 9)), await add(png(9, 9))];
    const id = await say([one, two]);
    const { me, now } = house.acting;
    await act((tx) => edit(tx, me, id, "words", "", now(), { files: [{ mediaId: two, alt: "" }] }));
    await removeDropped(house.store);
    expect([await isOnDisk(one), await isOnDisk(two)]).toEqual([false, true]);
    await act((tx) => remove(tx, me, id, now()));
    await removeDropped(house.store);
    expect(await isOnDisk(two)).toBe(false);
    expect(await house.store.read.media.count()).toBe(0);
    expect((await house.store.sizes()).media).toBe(0);
  });

  test("belong to one post only, four at the most, and have to be here", async () => {
    const ids = [];
    for (let n = 0; n < 5; n += 1) ids.push(await add(Buffer.from(`file ${n}`)));
    await expect(say(ids)).rejects.toMatchObject({ code: "files-too-many" });
    await say(ids.slice(0, 4));
    await expect(say(ids.slice(0, 1))).rejects.toMatchObject({ code: "file-gone" });
    await expect(say(["0".repeat(32)])).rejects.toMatchObject({ code: "file-gone" });
    await expect(say([])).rejects.toMatchObject({ code: "text-empty" });
  });

  test("that were added and never posted go after a day, not before", async () => {
    const [unused, used] = [await add(png(9, 9)), await add(png(9, 9))];
    await say([used]);
    const { now } = house.acting;
    await sweepFiles(house.store, now() + DAY - 60_000);
    expect(await isOnDisk(unused)).toBe(true);
    await sweepFiles(house.store, now() + DAY);
    expect([await isOnDisk(unused), await isOnDisk(used)]).toEqual([false, true]);
  });
});

test("a running node takes a deleted post's file off the disk by itself", async () => {
  await using stack = new AsyncDisposableStack();
  followStore(
    stack,
    house.store,
    () => {},
    createLog(() => {}, "silent"),
  );
  const mediaId = await add(png(9, 9));
  const { me, now, random, transact } = house.acting;
  const draft = { text: "", reach: "me" as const, files: [{ mediaId, alt: "" }] };
  const id = await transact((tx) => publish(tx, me, draft, now(), random));
  await transact((tx) => remove(tx, me, id, now()));
  await eventually("the file is gone", async () => (await house.store.sizes()).media === 0);
  await eventually("its row too", async () => (await house.store.read.media.count()) === 0);
});

describe("an own picture or emoji that was replaced", () => {
  const picture = async () => {
    const id = await house.store.media.put(png(9, 9));
    const { now, transact } = house.acting;
    await transact((tx) => saveMediaRow(tx, { id, type: "image/png", bytes: 9 }, "picture", now()));
    return id;
  };

  test("leaves the disk", async () => {
    const { me, now, transact } = house.acting;
    const [face, newFace, loaf, newLoaf] = [
      await picture(),
      await picture(),
      await picture(),
      await picture(),
    ];
    for (const pictureId of [face, newFace])
      await transact((tx) => changeProfile(tx, me, { pictureId }, now()));
    for (const mediaId of [loaf, newLoaf])
      await transact((tx) => addEmoji(tx, me, { shortcode: "loaf", mediaId }, now()));
    await removeDropped(house.store);
    const all = () => Promise.all([face, newFace, loaf, newLoaf].map(isOnDisk));
    expect(await all()).toEqual([false, true, false, true]);
    await sweepFiles(house.store, now() + 2 * DAY);
    expect(await all()).toEqual([false, true, false, true]);
    await transact((tx) => dropEmoji(tx, me, "loaf"));
    await transact((tx) => changeProfile(tx, me, { pictureId: "" }, now()));
    await removeDropped(house.store);
    expect(await all()).toEqual([false, false, false, false]);
  });

  test("that nothing names goes after a day, not before", async () => {
    const id = await picture();
    const { now } = house.acting;
    await sweepFiles(house.store, now());
    expect(await isOnDisk(id)).toBe(true);
    await sweepFiles(house.store, now() + 2 * DAY);
    expect(await isOnDisk(id)).toBe(false);
  });
});
