import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How the fake behaves; each may be changed while it is used, for the next start. */
export type FakeTorPlan = {
  version?: string;
  /** The answer to status/bootstrap-phase. */
  phase?: string;
  /** Sent after SETEVENTS; "WAIT 50" waits 50 ms. */
  events?: string[];
  /** Sent after each ADD_ONION in turn, the last one again and again. */
  uploads?: string[][];
  /** Whether a directory has what is asked for with each HSFETCH in turn, the last one again and again. */
  found?: boolean[];
  /** Refuses an ADD_ONION with words for proof of work, as tor before 0.4.9 does. */
  refusesProofOfWork?: boolean;
  exitAfterMs?: number;
  /** Ends before it opens its control socket, with these last words. */
  lastWords?: string;
};

/** A program in tor's place that speaks just enough of the control protocol to fail in every way. */
export interface FakeTor extends AsyncDisposable {
  binary: string;
  folder: string;
  plan(plan: FakeTorPlan): Promise<void>;
  /** Every command so far, and "START" for each start. */
  commands(): Promise<string[]>;
}

export const DONE = 'NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY="Done"';
export const CONNECTING = 'NOTICE BOOTSTRAP PROGRESS=5 TAG=conn SUMMARY="Connecting"';

export async function createFakeTor(first: FakeTorPlan): Promise<FakeTor> {
  const home = await mkdtemp(join(tmpdir(), "fake-tor-"));
  const binary = join(home, "tor");
  const plan = (next: FakeTorPlan) => writeFile(join(home, "plan.json"), JSON.stringify(next));
  await plan(first);
  await writeFile(join(home, "commands.log"), "");
  await writeFile(binary, `#!${process.execPath}\n${program}`);
  await chmod(binary, 0o700);
  return {
    binary,
    folder: join(home, "data"),
    plan,
    commands: async () => (await readFile(join(home, "commands.log"), "utf8")).trim().split("\n"),
    [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** CommonJS and self-contained: it is started by its own path, as tor is. */
const program = `
const fs = require("node:fs"), net = require("node:net"), path = require("node:path");
const plan = JSON.parse(fs.readFileSync(path.join(__dirname, "plan.json"), "utf8"));
const note = (line) => fs.appendFileSync(path.join(__dirname, "commands.log"), line + "\\n");
note("START");
if (plan.lastWords) { console.log(plan.lastWords); process.exit(1); }
const torrc = fs.readFileSync(0, "utf8");
const place = /^ControlPort unix:"(.*)"$/m.exec(torrc)[1];
let added = 0;
let fetched = 0;
const server = net.createServer((socket) => {
  let unread = "";
  const say = (line) => socket.write(line + "\\r\\n");
  socket.on("error", () => {});
  socket.on("close", () => process.exit(0));
  socket.setEncoding("utf8").on("data", (text) => {
    const lines = (unread + text).split("\\r\\n");
    unread = lines.pop();
    for (const line of lines) { note(line.replace(/"[0-9a-f]{48}"/, "PASSWORD")); answer(line, say); }
  });
});
function answer(line, say) {
  if (line === "GETINFO version") say("250-version=" + (plan.version || "0.4.9.11"));
  if (line === "GETINFO status/bootstrap-phase") say("250-status/bootstrap-phase=" + (plan.phase || ""));
  if (line === "GETINFO circuit-status") say("250-circuit-status=");
  if (line.startsWith("ADD_ONION") && plan.refusesProofOfWork && line.includes("PoW")) return say("513 Bad arguments");
  say("250 OK");
  if (line.startsWith("SETEVENTS")) tell(plan.events || [], say);
  if (line.startsWith("HSFETCH")) {
    const all = plan.found || [false];
    const is = all[Math.min(fetched++, all.length - 1)];
    const [, name] = line.split(" ");
    say("650 HS_DESC " + (is ? "RECEIVED " : "FAILED ") + name + " NO_AUTH $AB~r DESC" + (is ? "" : " REASON=NOT_FOUND"));
  }
  if (line.startsWith("ADD_ONION")) {
    const uploads = plan.uploads || [];
    for (const event of uploads[Math.min(added++, uploads.length - 1)] || []) say("650 " + event);
  }
}
function tell([event, ...rest], say) {
  if (event === undefined) return;
  const wait = /^WAIT (.*)/.exec(event);
  if (!wait) say("650 " + event);
  setTimeout(() => tell(rest, say), wait ? Number(wait[1]) : 0);
}
server.listen(place);
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(0), 500);
process.on("SIGTERM", () => process.exit(0));
if (plan.exitAfterMs) setTimeout(() => { console.log("[err] out of luck"); process.exit(1); }, plan.exitAfterMs);
`;
