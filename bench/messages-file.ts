import { randomFillSync } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fetchFile } from "../src/coming-files.ts";
import { systemRandom } from "../src/lib/ids.ts";
import { createLog } from "../src/lib/log.ts";
import { createMessageFiles } from "../src/message-files.ts";
import { askForFile } from "../src/social/messages/files/ask.ts";
import { attachFiles } from "../src/social/messages/files/attach.ts";
import { comingFiles, filesOf } from "../src/social/messages/files/queries.ts";
import { takeFiles } from "../src/social/messages/files/take.ts";
import { insertMessage } from "../src/social/messages/queries.ts";
import { wireBytes } from "../src/store/wire-seal.ts";
import { createVisitorServer } from "../src/web/visitor/server.ts";
import { type House, openHouse } from "../test/support/api-house.ts";
import { eventually } from "../test/support/eventually.ts";
import { filesOver } from "../test/support/own-files.ts";
import { guestDoors } from "../test/support/public-face.ts";
import { createTorNode } from "../test/support/tor-node.ts";
import { clientTorrc } from "./lib/client-torrc.ts";
import { type Measured, measured } from "./lib/measured.ts";
import { summary } from "./lib/numbers.ts";
import { needLinux } from "./lib/processes.ts";
import { atMost, type Bench, type Row } from "./lib/report.ts";
import { listen } from "./lib/site.ts";

const MEGABYTE = 1024 * 1024;
/** Without Tor, where memory is what counts; and over Tor, whose relays share this computer: other sizes by TSSOP_BENCH_MEGABYTES. */
const asked = process.env["TSSOP_BENCH_MEGABYTES"];
const SIZE = Number(asked ?? 1_024) * MEGABYTE;
const TOR_SIZE = Number(asked ?? 256) * MEGABYTE;
const WARM_UP = 4 * MEGABYTE;
const MOST_MEMORY = 150;
/** 80 % of the link. */
const MOST_TIME = 1 / 0.8;
const DEADLINE = 60 * 60_000;

function* plain(bytes: number): Generator<Buffer> {
  const piece = randomFillSync(Buffer.alloc(64 * 1024));
  for (let left = bytes; left > 0; left -= piece.byteLength)
    yield left < piece.byteLength ? piece.subarray(0, left) : piece;
}

/** Serves what the sender's device would, and plain bytes beside it. */
function siteOf(sender: House, personId: string) {
  const { acting, store } = sender;
  const files = createMessageFiles({ store, now: acting.now });
  const viewer = { kind: "person" as const, personId, in: new Set<string>() };
  const visitor = createVisitorServer(
    {
      acting: () => acting,
      federation: async () => null,
      wait: () => 0,
      media: async () => null,
      blob: (wireId) => files.forAsker(wireId, viewer),
      doors: guestDoors(acting),
      log: createLog(() => {}, "silent"),
    },
    { publicFolder: "public" },
  );
  return (req: IncomingMessage, res: ServerResponse) => {
    const [, bytes] = /^\/plain\/(\d+)$/.exec(req.url ?? "") ?? [];
    if (bytes === undefined) return void visitor(req, res);
    res.setHeader("content-length", bytes);
    pipeline(Readable.from(plain(Number(bytes))), res).catch(() => res.destroy());
  };
}

type Fetch = typeof globalThis.fetch;

async function drained(fetch: Fetch, url: string, bytes: number): Promise<void> {
  let got = 0;
  const answer = await fetch(url);
  for await (const piece of answer.body ?? []) got += piece.byteLength;
  if (got !== bytes) throw new Error(`${got} bytes came of ${bytes}`);
}

/** A message with a file of so many bytes, as it stands with the sender and with whoever it is for. */
async function sent(sender: House, to: string, taker: House, from: string, bytes: number): Promise<Measured> {
  const { acting, store } = sender;
  let mediaId = "";
  const takenIn = await measured(async () => {
    const said = { name: "film.bin", type: "application/octet-stream" };
    mediaId = await filesOver(store, acting.now).addMessageFile(Readable.from(plain(bytes)), said);
  });
  const id = systemRandom(16).toString("hex");
  const at = new Date(acting.now());
  const message = { id, sortKey: String(at.getTime()).padEnd(21, "0"), at, receivedAt: at };
  await acting.transact(async (tx) => {
    await insertMessage(tx, { ...message, personId: to, own: true });
    await attachFiles(tx, id, [{ mediaId, alt: "", voice: false }], systemRandom);
  });
  const [row] = await filesOf(store.read, [id]);
  if (row === undefined) throw new Error("no file");
  const { wireId, key, name, type, sha256, width, height, length, alt, voice } = row;
  const wire = { name, type, bytes, sha256, width, height, length, alt, voice };
  await taker.acting.transact(async (tx) => {
    await insertMessage(tx, { ...message, personId: from });
    await takeFiles(tx, { messageId: id, personId: from, now: at.getTime() }, [
      { ...wire, id: wireId, key: Buffer.from(key).toString("base64url") },
    ]);
  });
  const [theirs] = await filesOf(taker.store.read, [id]);
  await taker.acting.transact((tx) => askForFile(tx, theirs?.id ?? ""));
  return takenIn;
}

async function fetched({ store, acting }: House, fetch: Fetch): Promise<void> {
  const [row] = await comingFiles(store.read, [], 1);
  if (row === undefined) throw new Error("nothing is wanted");
  const way = { store, fetch, sign: async (request: Request) => request, now: acting.now };
  const outcome = await fetchFile(way, row, new AbortController().signal);
  if (outcome !== "done") throw new Error(`the file is ${outcome}`);
}

type Taken = Omit<Measured, "stays">;
type Found = { link: Taken; file: Taken; takenIn: Taken };
type Link = { sender: House; taker: House; to: string; host: string; fetch: Fetch; bytes: number };

/** Plain before and after, half each: what else the computer does changes from minute to minute. */
async function overLink({ sender, taker, to, host, fetch, bytes }: Link): Promise<Found> {
  const from = await taker.meet("ada", host);
  const url = (of: number) => `http://${host}/plain/${of}`;
  await drained(fetch, url(WARM_UP), WARM_UP);
  await sent(sender, to, taker, from.id, WARM_UP);
  await fetched(taker, fetch);
  const takenIn = await sent(sender, to, taker, from.id, bytes);
  const half = bytes / 2;
  const before = await measured(() => drained(fetch, url(half), half));
  const file = await measured(() => fetched(taker, fetch));
  const after = await measured(() => drained(fetch, url(half), half));
  await eventually("the sender knows that it has it", async () =>
    (await sender.store.read.messageFile.findMany()).every(({ state }) => state === "taken"),
  );
  const megabytes = Math.max(before.megabytes, after.megabytes);
  return { link: { seconds: before.seconds + after.seconds, megabytes }, file, takenIn };
}

type Two = { sender: House; taker: House; to: string };

async function withTwo<T>(work: (two: Two) => Promise<T>): Promise<T> {
  await using sender = await openHouse("Ada");
  await using taker = await openHouse("Ben");
  const { id: to } = await sender.meet("ben", `${"b".repeat(56)}.onion`);
  return await work({ sender, taker, to });
}

const withoutTor = () =>
  withTwo(async (two) => {
    const { server, port } = await listen(siteOf(two.sender, two.to));
    const found = await overLink({ ...two, host: `127.0.0.1:${port}`, fetch: globalThis.fetch, bytes: SIZE });
    server.closeAllConnections();
    server.close();
    return found;
  });

const overTor = () =>
  withTwo(async (two) => {
    const site = siteOf(two.sender, two.to);
    const fetchLimits = { maxBytes: wireBytes(TOR_SIZE), deadlineMs: DEADLINE };
    await using host = await createTorNode({ torrc: clientTorrc(), site });
    await using client = await createTorNode({ torrc: clientTorrc(), fetchLimits });
    await host.tor.start();
    host.publish();
    await client.tor.start();
    await eventually("the sender is reachable", () => host.tor.state().at === "reachable");
    await eventually("the taker is connected", () => client.tor.state().at === "connected");
    return await overLink({ ...two, host: host.onion, fetch: client.torFetch.fetch, bytes: TOR_SIZE });
  });

function memory(what: string, { megabytes }: Taken, plain: Taken): Row {
  const target = atMost(megabytes, MOST_MEMORY, `under ${MOST_MEMORY} MB, for any size`);
  return {
    what,
    unit: "MB",
    ...summary([megabytes]),
    baseline: { what: "plain", value: plain.megabytes },
    target,
  };
}

function rowsOf(way: string, bytes: number, { link, file, takenIn }: Found): Row[] {
  const what = `${bytes / MEGABYTE} MB`;
  return [
    { what: `${what}, plain, ${way}`, unit: "s", ...summary([link.seconds]) },
    {
      what: `${what} as a file of a message, ${way}`,
      unit: "s",
      ...summary([file.seconds]),
      baseline: { what: "plain", value: link.seconds },
      ...(way === OVER_TOR
        ? { target: atMost(file.seconds / link.seconds, MOST_TIME, "at least 80% of what the link gives") }
        : {}),
    },
    memory(`${what}, ${way}: memory on top, both ends together`, file, link),
    memory(`${what} taken in from the owner's page: memory on top`, takenIn, link),
  ];
}

const OVER_TOR = "over Tor";

export const bench: Bench = {
  title: "A file of a message",
  async run(say) {
    needLinux();
    const direct = await withoutTor();
    say(`without Tor: plain ${direct.link.seconds.toFixed(1)} s, sealed ${direct.file.seconds.toFixed(1)} s`);
    const tor = await overTor();
    say(`over Tor: plain ${tor.link.seconds.toFixed(1)} s, sealed ${tor.file.seconds.toFixed(1)} s`);
    return {
      how: "A file goes from one device to another, over loopback and over the private Tor network on this computer: it is read from the sealed folder, sealed for its way, fetched, proven chunk by chunk and sealed again. Plain: as many bytes over the same link in the same run, half before and half after, to somebody who only counts them. Memory is that of one process with both ends in it, at its highest above where it was before.",
      rows: [...rowsOf("without Tor", SIZE, direct), ...rowsOf(OVER_TOR, TOR_SIZE, tor)],
    };
  },
};
