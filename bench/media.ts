import { randomBytes } from "node:crypto";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { publish } from "../src/social/posts/publish.ts";
import { CHUNK, openChunk, SEALED_CHUNK, sealChunk } from "../src/store/media-seal.ts";
import type { Store } from "../src/store/store.ts";
import { startOfFilm } from "../test/support/films.ts";
import { filesOver } from "../test/support/own-files.ts";
import { hiddenFields, ownerBrowser } from "../test/support/owner-browser.ts";
import { openOwnerDesk } from "../test/support/owner-desk.ts";
import { type Measured, measured } from "./lib/measured.ts";
import { summary } from "./lib/numbers.ts";
import { needLinux } from "./lib/processes.ts";
import { atMost, type Bench, figure, type Row } from "./lib/report.ts";

const RUNS = 5;
const MEGABYTE = 1024 * 1024;
const PICTURES = 99 * MEGABYTE;
/** What one more file of 100 MB may take while it passes through, be it ever so large. */
const FLAT = 60;
/** A film is sealed as it comes, opened, and sealed again without what it tells; and HTTP takes its part. */
const TIMES_ALONE = 3;

const start = startOfFilm(PICTURES);
const SIZE = start.byteLength + PICTURES;

function* film(): Generator<Buffer> {
  yield start;
  const piece = Buffer.alloc(64 * 1024, 0x5a);
  for (let left = PICTURES; left > 0; left -= piece.byteLength)
    yield left < piece.byteLength ? piece.subarray(0, left) : piece;
}

type Sent = { port: number; path: string; headers: Record<string, string | number>; body: Iterable<Buffer> };

function send({ port, path, headers, body }: Sent): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, path, method: "POST", headers, agent: false },
      async (res) => {
        const text = Buffer.concat(await res.toArray()).toString("utf8");
        if (res.statusCode === 200) resolve(text);
        else reject(new Error(`${path}: ${res.statusCode} ${text.slice(0, 200)}`));
      },
    );
    sent.on("error", reject);
    pipeline(Readable.from(body), sent).catch(reject);
  });
}

function drain(port: number, path: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host: `127.0.0.1:${port}`, cookie, "sec-fetch-site": "same-origin" };
    const sent = request({ host: "127.0.0.1", port, path, headers, agent: false }, (res) => {
      let bytes = 0;
      res.on("data", (piece: Buffer) => {
        bytes += piece.byteLength;
      });
      res.on("end", () => resolve(bytes));
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** The same bytes over the same loopback, to somebody who only counts them. */
async function bare(): Promise<Measured[]> {
  const server = createServer((req, res) => {
    req.resume().on("end", () => res.end("counted"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const runs: Measured[] = [];
  for (let run = 0; run <= RUNS; run += 1)
    runs.push(
      await measured(() => send({ port, path: "/", headers: { "content-length": SIZE }, body: film() })),
    );
  await new Promise((resolve) => server.close(resolve));
  return runs;
}

/** Seals it into a file and opens it again, without a page and without looking into it. */
async function sealAndOpen({ media }: Store): Promise<void> {
  const id = await media.put(Readable.from(film()));
  let got = 0;
  for await (const piece of media.read(id) as AsyncIterable<Buffer>) got += piece.byteLength;
  if (got !== SIZE) throw new Error(`${got} bytes came back of ${SIZE}`);
  await media.remove(id);
}

/** The cipher alone, in memory. */
function cipherOnly(): number {
  const [key, plain, sealed] = [randomBytes(32), randomBytes(CHUNK), Buffer.alloc(SEALED_CHUNK)];
  const began = performance.now();
  for (let n = 0; n * CHUNK < SIZE; n += 1) {
    sealChunk(key, n, false, plain, sealed);
    openChunk(key, n, false, sealed);
  }
  return (performance.now() - began) / 1000;
}

type Ways = { alone: Measured[]; cipher: number[]; raw: Measured[]; form: Measured[]; down: Measured[] };

async function ways(say: (step: string) => void): Promise<Ways> {
  await using desk = await openOwnerDesk();
  const { house, port, acting } = desk;
  Object.assign(acting, filesOver(house.store, acting.now));
  const browser = ownerBrowser(desk);
  await browser.enter();
  const token = hiddenFields((await browser.get("/")).text, "/posts")["form"] ?? "";
  const own = {
    host: `127.0.0.1:${port}`,
    origin: desk.origin,
    "sec-fetch-site": "same-origin",
    cookie: browser.cookie(),
  };
  const out: Ways = { alone: [], cipher: [], raw: [], form: [], down: [] };
  for (let run = 0; run <= RUNS; run += 1) {
    out.cipher.push(cipherOnly());
    out.alone.push(await measured(() => sealAndOpen(house.store)));
    let html = "";
    const headers = { ...own, "content-type": "video/mp4", "content-length": SIZE, "x-tssop-form": token };
    const raw = await measured(async () => {
      html = await send({ port, path: "/files", headers, body: film() });
    });
    const form = await measured(() => send({ port, ...formOf(own, token) }));
    const mediaId = /name="media" value="([0-9a-f]{32})"/.exec(html)?.[1] ?? "";
    const draft = { text: "", reach: "me" as const, files: [{ mediaId, alt: "" }] };
    const postId = await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
    const { id } = await acting.read.attachment.findFirstOrThrow({ where: { postId } });
    let got = 0;
    const down = await measured(async () => {
      got = await drain(port, `/media/attached/${id}`, browser.cookie());
    });
    if (got !== SIZE) throw new Error(`${got} bytes came back of ${SIZE}`);
    out.raw.push(raw);
    out.form.push(form);
    out.down.push(down);
    say(`up ${figure(raw.seconds)} s, ${figure(form.seconds)} s; down ${figure(down.seconds)} s`);
  }
  return out;
}

function formOf(own: Record<string, string>, token: string): Omit<Sent, "port"> {
  const part = (name: string, rest = "") =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n`;
  const head = Buffer.from(
    `${part("text")}\r\nA film\r\n${part("files", '; filename="a.mp4"')}Content-Type: video/mp4\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n${part("reach")}\r\nme\r\n${part("form")}\r\n${token}\r\n--x--\r\n`);
  const body = function* () {
    yield head;
    yield* film();
    yield tail;
  };
  const length = head.byteLength + SIZE + tail.byteLength;
  const headers = { ...own, "content-type": "multipart/form-data; boundary=x", "content-length": length };
  return { path: "/posts", headers, body: body() };
}

/** What was never run before is slow. */
const secondsOf = (runs: Measured[]) => summary(runs.slice(1).map(({ seconds }) => seconds));

function rowsOf(what: string, runs: Measured[], alone: number): Row[] {
  const seconds = secondsOf(runs);
  // The first counts: what was fetched once may be kept for the others.
  const memory = summary(runs.map((run) => run.megabytes));
  return [
    {
      what,
      unit: "s",
      ...seconds,
      baseline: { what: "sealed and opened, without HTTP", value: alone },
      target: atMost(seconds.median / alone, TIMES_ALONE, `at most ${TIMES_ALONE}× that`),
    },
    {
      what: `${what}: memory on top`,
      unit: "MB",
      ...memory,
      target: atMost(memory.high, FLAT, `at most ${FLAT} MB, for any size`),
    },
    {
      what: `${what}: memory that stays, of all runs together`,
      unit: "MB",
      ...summary([runs.reduce((sum, { stays }) => sum + stays, 0)]),
      target: atMost(
        runs.reduce((sum, { stays }) => sum + stays, 0),
        FLAT,
        `at most ${FLAT} MB, after any number`,
      ),
    },
  ];
}

export const bench: Bench = {
  title: "A film of 100 MB, in and out",
  async run(say) {
    needLinux();
    const plain = await bare();
    const { alone, cipher, raw, form, down } = await ways(say);
    const sealing = secondsOf(alone);
    return {
      how: "A film of 100 MB goes to the owner's page over loopback, as the script sends it and as a form, is sealed, looked through, cleaned and sealed anew; then it is asked for as a player does. Memory is that of the whole process, with the sender and the reader in it, at its highest above where it was before, and what of it is still there afterwards. Without HTTP: the same bytes into one sealed file, flushed to the disk, and out of it. Bare HTTP: the same bytes to a server that only counts them.",
      rows: [
        {
          what: "sealed and opened, without HTTP",
          unit: "s",
          ...sealing,
          baseline: { what: "the cipher alone, in memory", value: summary(cipher.slice(1)).median },
        },
        { what: "bare HTTP", unit: "s", ...secondsOf(plain) },
        ...rowsOf("up, by script", raw, sealing.median),
        ...rowsOf("up, as a form", form, sealing.median),
        ...rowsOf("down", down, sealing.median),
      ],
    };
  },
};
