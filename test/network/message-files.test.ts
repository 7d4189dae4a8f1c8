import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemRandom } from "../../src/lib/ids.ts";
import { removeDropped } from "../../src/social/media/drop.ts";
import { askForFile, stopFile } from "../../src/social/messages/files/ask.ts";
import { markRead } from "../../src/social/messages/mark-read.ts";
import { removeMessage } from "../../src/social/messages/remove.ts";
import { setTimer } from "../../src/social/messages/set-timer.ts";
import { vanishDue } from "../../src/social/messages/vanish.ts";
import { block } from "../../src/social/people/block.ts";
import { SEALED_CHUNK } from "../../src/store/media-seal.ts";
import { wireBytes } from "../../src/store/wire-seal.ts";
import { filesWith } from "../support/canary.ts";
import { eventually } from "../support/eventually.ts";
import type { Fediverse, Member } from "../support/federated.ts";
import type { MediaHost } from "../support/media-host.ts";
import { act, idAt } from "../support/members.ts";
import { noise } from "../support/png.ts";
import {
  becomes,
  contents,
  cutAfter,
  digest,
  file,
  fileAt,
  filesAt,
  gets,
  holdAfter,
  openTwoWithFiles,
  sends,
  type TwoWithFiles,
} from "../support/two-with-files.ts";

/** Files of messages between two whole nodes: real stores, real picture process, real public faces. */
const HOUR = 60 * 60_000;
let two: TwoWithFiles;
let fediverse: Fediverse;
let anna: Member;
let ben: Member;
let annas: MediaHost;
let bens: MediaHost;

beforeEach(async () => {
  two = await openTwoWithFiles();
  ({ fediverse, anna, ben, annas, bens } = two);
});
afterEach(() => two[Symbol.asyncDispose]());

const wireIdOf = async (who: Member) =>
  (await who.store.read.messageFile.findFirstOrThrow({ where: { own: true } })).wireId;

describe("files of a message", () => {
  test("go there and back: a small picture comes by itself, a file when it is wanted, byte for byte", async () => {
    const large = file(300_000, "plan.pdf");
    const picture = { bytes: noise(300, 200), name: "field.png", type: "image/png" };
    await sends(anna, annas, ben, [picture, large], "Both of them");
    await two.settled();
    await becomes(ben, anna, "here");
    const [one, other] = await filesAt(ben, anna);
    expect(one).toMatchObject({ kind: "picture", width: 300, height: 200, alt: "of field.png", own: false });
    expect(other).toMatchObject({ kind: "file", state: "offered", name: "plan.pdf", bytes: 300_000 });
    if (one === undefined || other === undefined) throw new Error("no files");
    const own = await filesAt(anna, ben);
    expect(digest(await contents(bens, one.id))).toBe(digest(await contents(annas, own[0]?.id ?? "")));
    await act(ben, (tx) => askForFile(tx, other.id));
    await eventually("it is here", async () => (await filesAt(ben, anna))[1]?.state === "here");
    expect(digest(await contents(bens, other.id))).toBe(digest(large.bytes));
    await eventually("both are taken", async () =>
      (await filesAt(anna, ben)).every(
        ({ state, received, bytes }) => state === "taken" && received === bytes,
      ),
    );
    await sends(ben, bens, anna, [file(2_000_000)]);
    await two.settled();
    await eventually("it is offered", async () => (await filesAt(anna, ben)).length === 3);
  });

  test("goes on where the link broke off, and is whole in the end", async () => {
    const given = file(1_500_000, "map.tif");
    await sends(anna, annas, ben, [given]);
    await two.settled();
    const ranges: string[] = [];
    two.interfere(async (request, go) => {
      ranges.push(request.headers.get("range") ?? "");
      const answer = await go();
      return ranges.length === 1 ? cutAfter(answer, 10 * SEALED_CHUNK + 1_000) : answer;
    });
    await gets(ben, anna);
    await eventually("it broke off", async () => (await fileAt(ben, anna)).received > 0);
    await eventually("it is tried again", async () => {
      bens.fetcher.wake();
      return ranges.length > 1;
    });
    await becomes(ben, anna, "here");
    const all = wireBytes(given.bytes.byteLength);
    expect(ranges).toEqual([`bytes=0-${all - 1}`, `bytes=${10 * SEALED_CHUNK}-${all - 1}`]);
    expect(digest(await contents(bens, (await fileAt(ben, anna)).id))).toBe(digest(given.bytes));
  });

  test("stops when the owner says so, keeps what came, and goes on from there", async () => {
    const given = file(1_500_000);
    await sends(anna, annas, ben, [given]);
    await two.settled();
    const ranges: string[] = [];
    const held = Promise.withResolvers<void>();
    two.interfere(async (request, go) => {
      ranges.push(request.headers.get("range") ?? "");
      const answer = await go();
      return ranges.length === 1 ? holdAfter(answer, 5 * SEALED_CHUNK, held.promise) : answer;
    });
    await gets(ben, anna);
    await eventually("some of it is here", async () => (await fileAt(ben, anna)).received > 0);
    const { id } = await fileAt(ben, anna);
    await act(ben, (tx) => stopFile(tx, id));
    await bens.fetcher.idle();
    expect(await fileAt(ben, anna)).toMatchObject({ state: "offered" });
    held.resolve();
    await gets(ben, anna);
    await becomes(ben, anna, "here");
    expect(ranges[1]).toBe(`bytes=${5 * SEALED_CHUNK}-${wireBytes(1_500_000) - 1}`);
    expect(digest(await contents(bens, id))).toBe(digest(given.bytes));
  });

  test("whoever it is not for finds nothing at its address, as where there is nothing", async () => {
    const carla = await fediverse.join("Carla");
    await sends(anna, annas, ben, [file(1_000)]);
    await two.settled();
    const [there, nowhere] = [await wireIdOf(anna), "0".repeat(32)].map(
      (id) => `http://${anna.host}/blobs/${id}`,
    );
    const answers = new Set<string>();
    for (const url of [there ?? "", nowhere ?? ""])
      for (const by of [null, carla, ben].filter((one) => one !== ben || url === nowhere)) {
        const request = new Request(url);
        const answer = await annas.ask(by === null ? request : await by.federation.sign(request));
        const page = (await answer.text()).replaceAll(new URL(url).pathname, "");
        answers.add(JSON.stringify([answer.status, [...answer.headers], page]));
        expect(answer.status).toBe(404);
      }
    expect(answers.size).toBe(1);
    const right = await annas.ask(await ben.federation.sign(new Request(there ?? "")));
    expect([right.status, right.headers.get("content-type")]).toEqual([200, "application/octet-stream"]);
    expect((await right.arrayBuffer()).byteLength).toBe(wireBytes(1_000));
    expect(carla.warnings).toEqual([]);
  });
});

describe("a file goes", () => {
  const words = `canary-${randomBytes(8).toString("hex")}`;
  const given = () => ({ bytes: Buffer.from(words.repeat(4_000)), name: "w.txt", type: "text/plain" });
  const bytesAt = async (who: Member) => {
    await removeDropped(who.store);
    return who.store.media.bytes();
  };
  const here = async (vanish = false) => {
    if (vanish)
      await act(anna, (tx, now) => setTimer(tx, anna.acting.me, idAt(ben), 3_600, now, systemRandom));
    const id = await sends(anna, annas, ben, [given()]);
    await two.settled();
    await gets(ben, anna);
    await becomes(ben, anna, "here");
    await becomes(anna, ben, "taken");
    expect(filesWith(fediverse.folder, [words])).toEqual([]);
    for (const who of [anna, ben]) expect(await bytesAt(who)).toBeGreaterThan(0);
    return id;
  };

  test("with its message, deleted for both, at both ends", async () => {
    const id = await here();
    await act(anna, (tx, now) => removeMessage(tx, id, "both", now, systemRandom));
    await two.settled();
    for (const who of [anna, ben]) {
      expect(await bytesAt(who)).toBe(0);
      expect(await who.store.read.messageFile.count()).toBe(0);
    }
  });

  test("with its message when that vanishes, at both ends", async () => {
    await here(true);
    await act(ben, (tx, now) => markRead(tx, idAt(anna), now, systemRandom));
    await two.settled();
    fediverse.later += 2 * HOUR;
    for (const who of [anna, ben]) {
      await vanishDue(who.store, who.acting.now());
      expect(await bytesAt(who)).toBe(0);
    }
  });

  test("while it is on its way: what came is gone, and nothing more comes", async () => {
    const id = await sends(anna, annas, ben, [file(1_500_000)]);
    await two.settled();
    const held = Promise.withResolvers<void>();
    two.interfere(async (_request, go) => holdAfter(await go(), 5 * SEALED_CHUNK, held.promise));
    await gets(ben, anna);
    await eventually("some of it is here", async () => (await fileAt(ben, anna)).received > 0);
    await act(anna, (tx, now) => removeMessage(tx, id, "both", now, systemRandom));
    await two.settled();
    await bens.fetcher.idle();
    expect(await bytesAt(ben)).toBe(0);
    held.resolve();
  });

  test("nowhere once somebody is blocked, by either", async () => {
    await sends(anna, annas, ben, [file(700_000)]);
    await two.settled();
    await act(anna, (tx, now) => block(tx, idAt(ben), now));
    await gets(ben, anna);
    await becomes(ben, anna, "gone");
    expect(await bytesAt(ben)).toBeLessThan(1_000);
  });

  test("no further while it goes, once whoever gets it is blocked, or the message is gone", async () => {
    const viewer = { kind: "person" as const, personId: idAt(ben), in: new Set<string>() };
    const ends = {
      delete: (id: string) => act(anna, (tx, now) => removeMessage(tx, id, "here", now, systemRandom)),
      block: () => act(anna, (tx, now) => block(tx, idAt(ben), now)),
    };
    for (const end of [ends.delete, ends.block]) {
      const id = await sends(anna, annas, ben, [file(12_000_000)]);
      const { wireId } = await anna.store.read.messageFile.findFirstOrThrow({ where: { messageId: id } });
      const going = (await annas.messageFiles.forAsker(wireId, viewer))?.open();
      let got = 0;
      const reading = async () => {
        for await (const piece of going ?? []) {
          if (got === 0) await end(id);
          got += (piece as Buffer).byteLength;
        }
      };
      await expect(reading()).rejects.toMatchObject({ code: "not-allowed" });
      expect(got).toBeLessThan(6_000_000);
    }
  });

  test("nowhere once the owner blocked who it is of", async () => {
    await sends(anna, annas, ben, [file(1_500_000)]);
    await two.settled();
    const held = Promise.withResolvers<void>();
    let asked = 0;
    two.interfere(async (_request, go) => {
      asked += 1;
      return holdAfter(await go(), 5 * SEALED_CHUNK, held.promise);
    });
    await gets(ben, anna);
    await eventually("some of it is here", async () => (await fileAt(ben, anna)).received > 0);
    await act(ben, (tx, now) => block(tx, idAt(anna), now));
    await bens.fetcher.idle();
    bens.fetcher.wake();
    await bens.fetcher.idle();
    expect([asked, (await fileAt(ben, anna)).state]).toEqual([1, "coming"]);
    held.resolve();
  });
});
