import { spawn } from "node:child_process";
import { argon2Sync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readHeader } from "../src/vault/header.ts";
import { exchange, ownerBrowser } from "../test/support/owner-browser.ts";
import { median, summary, timed } from "./lib/numbers.ts";
import { type Folder, PASSPHRASE, setUpFolder, startProgram } from "./lib/program.ts";
import { atMost, type Bench, type Row } from "./lib/report.ts";

const RUNS = 7;
/** Without tor the owner's page is served all the same; what Tor takes is measured elsewhere. */
const NO_TOR = { TSSOP_TOR: "/nonexistent/tor" };

type Times = { page: number; unlock: number; first: number; second: number };

/** From the start of the process to the page, the passphrase's answer and the pages behind it: milliseconds. */
async function oneStart(folder: Folder): Promise<Times> {
  const began = performance.now();
  await using program = startProgram(["--data", folder.data], NO_TOR);
  const { owner } = await program.event("listening");
  const { origin, port } = new URL(String(owner));
  const gate = await exchange(Number(port), "GET", "/", { "sec-fetch-site": "none" });
  const page = performance.now() - began;
  if (gate.status !== 200 && gate.status !== 403) throw new Error(`the page answered ${gate.status}`);

  const browser = ownerBrowser({ origin, port: Number(port), newLoginToken: () => "" });
  const form = await browser.get("/");
  let from = performance.now();
  const answer = await browser.send(form, "/unlock", { passphrase: PASSPHRASE });
  const unlock = performance.now() - from;
  if (answer.status !== 303) throw new Error(`unlocking answered ${answer.status}`);
  from = performance.now();
  const home = await browser.get(String(answer.headers["location"]));
  const first = performance.now() - from;
  if (home.status !== 200 || home.text.includes('action="/unlock"')) throw new Error("still locked");
  from = performance.now();
  await browser.get(String(answer.headers["location"]));
  return { page, unlock, first, second: performance.now() - from };
}

async function measured(calibrated: boolean, say: (step: string) => void) {
  using folder = await setUpFolder({ calibrated });
  const times: Times[] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    times.push(await oneStart(folder));
    say(`${calibrated ? "calibrated" : "quick"} vault, start ${run} of ${RUNS}`);
  }
  return { times, stretch: stretching(folder) };
}

/** The passphrase's stretching alone, with the cost of that folder's vault. */
function stretching({ data }: Folder): { ms: number; passes: number } {
  const [slot] = readHeader(data).slots;
  if (slot === undefined) throw new Error("a vault without a passphrase");
  const { memory, passes, lanes: parallelism } = slot.kdf;
  const times = [1, 2, 3].map(() => {
    const began = performance.now();
    const message = Buffer.from(PASSPHRASE);
    argon2Sync("argon2id", { message, nonce: randomBytes(16), memory, passes, parallelism, tagLength: 32 });
    return performance.now() - began;
  });
  return { ms: median(times), passes };
}

async function emptyNode(): Promise<void> {
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
}

export const bench: Bench = {
  title: "Starting and unlocking",
  async run(say) {
    const empty = median(await timed(RUNS, emptyNode));
    const real = await measured(true, say);
    const quick = await measured(false, say);
    const all = [...real.times, ...quick.times];
    const page = summary(all.map((one) => one.page));
    const stretch = (value: number) => ({ what: "argon2id alone", value });
    const rows: Row[] = [
      {
        what: "process start to the owner's page",
        unit: "ms",
        ...page,
        baseline: { what: "`node -e 0`", value: empty },
        target: atMost(page.median, 1_000, "1,000 ms, next 600 ms"),
      },
      {
        what: `unlock, calibrated vault (${real.stretch.passes} passes)`,
        unit: "ms",
        ...summary(real.times.map((one) => one.unlock)),
        baseline: stretch(real.stretch.ms),
      },
      {
        what: `unlock, quick vault (${quick.stretch.passes} passes)`,
        unit: "ms",
        ...summary(quick.times.map((one) => one.unlock)),
        baseline: stretch(quick.stretch.ms),
      },
      {
        what: "first page after unlocking",
        unit: "ms",
        ...summary(all.map((one) => one.first)),
        baseline: { what: "the same page again", value: median(all.map((one) => one.second)) },
      },
    ];
    return {
      how: "The bundle on a folder that was set up, without a tor to start. Each run is a new process: time to its owner's page, then the passphrase by that page's form, then the page behind it.",
      rows,
    };
  },
};
