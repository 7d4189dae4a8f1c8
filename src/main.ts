import "./tor/guard-first.ts";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import packageJson from "../package.json" with { type: "json" };
import { endRestores } from "./backup/restore.ts";
import { partOf } from "./backup/write.ts";
import { type Config, openToRead, readConfig, readPassphrase, usage } from "./config.ts";
import { askNode } from "./control.ts";
import { type NodeEvent, restore, setUp } from "./device.ts";
import { asNodeError, NodeError } from "./lib/errors.ts";
import { createLog, type Log } from "./lib/log.ts";
import { startNode } from "./node.ts";
import type { NodeFacts } from "./prove/finding.ts";
import { prove } from "./prove/prove.ts";
import { lockFolder } from "./store/folder-lock.ts";
import { vaultExists } from "./vault/vault.ts";

const version = packageJson.version;
const print = (text: string) => process.stdout.write(`${text}\n`);
const complain = (text: string) => process.stderr.write(`${text}\n`);

/** Each change of state, as JSON for programs or as a sentence for people. */
function teller(json: boolean): (event: NodeEvent) => void {
  if (json) return (event) => print(JSON.stringify(event));
  return (event) => {
    if (event.event === "listening") print(`Your page: ${event.owner}`);
    if (event.event === "published")
      print(`Your address ends in ${event.onion.slice(-14)}; it is on your page.`);
    if (event.event === "reachable") print("People can reach you.");
    if (event.event === "tor" && event.state === "failed")
      print(`No way to the network yet (${event.failure}).`);
    if (event.event === "stopped") print("Stopped. Nothing of yours is open any more.");
  };
}

async function start(config: Config, log: Log): Promise<void> {
  const node = await startNode({ config, now: Date.now, log, version, tell: teller(config.json) });
  const ended = new Promise<void>((resolve) => {
    // Asked twice, it still ends with everything flushed.
    process.on("SIGINT", () => resolve());
    process.on("SIGTERM", () => resolve());
  });
  try {
    if (config.passphraseFile !== null) await node.unlock(readPassphrase(config.passphraseFile));
    if (config.open) showPage(await node.open());
    else if (!config.json) print(`Once only, to enter without typing: ${node.newEntrance()}`);
    await ended;
  } finally {
    await node[Symbol.asyncDispose]();
  }
}

function showPage({ page, opened }: { page: string; opened: boolean }): void {
  if (!opened) print(`Open this in your browser: ${page}`);
}

/** Started twice, as by a second double click: the first one shows its page again. */
async function startOrShow(config: Config, log: Log): Promise<void> {
  try {
    await start(config, log);
  } catch (error) {
    if (!(error instanceof NodeError) || error.code !== "folder-in-use" || !config.open) throw error;
    const shown = (await askNode(config.folder, "open")) as { page: string; opened: boolean };
    print(`TSSOP is already running: ${shown.page}`);
  }
}

async function init(config: Config, log: Log): Promise<void> {
  if (config.name === null || config.passphraseFile === null) {
    throw new NodeError("bad-request", "init lacks flags", {
      safe: "Say who you are: tssop init --name NAME --passphrase-file FILE",
    });
  }
  using _ = lockFolder(config.folder);
  await setUp(
    { config, now: Date.now, log },
    {
      name: config.name,
      passphrase: readPassphrase(config.passphraseFile),
      language: config.language,
      ...(config.handle === null ? {} : { handle: config.handle }),
    },
  );
  print(config.json ? JSON.stringify({ event: "set-up" }) : "Set up. Start with: tssop");
}

async function ask(config: Config): Promise<void> {
  const { folder, command } = config;
  const show = (answer: unknown, text: (facts: Record<string, unknown>) => string) =>
    print(config.json ? JSON.stringify(answer) : text(answer as Record<string, unknown>));
  if (command === "status") {
    show(await askNode(folder, "status"), (facts) =>
      Object.entries(facts)
        .map(([key, value]) => `${key}: ${value}`)
        .join("\n"),
    );
  } else if (command === "address") show(await askNode(folder, "address"), (facts) => `${facts["address"]}`);
  else if (command === "token") {
    show(await askNode(folder, "token", config.scopes), (facts) => `${facts["token"]}`);
  } else if (command === "lock") {
    show(await askNode(folder, "lock"), () => "Locked. Nobody can reach you until you unlock it.");
  } else {
    if (config.passphraseFile === null || config.newPassphraseFile === null) {
      throw new NodeError("bad-request", "passphrase lacks flags", {
        safe: "tssop passphrase --passphrase-file FILE --new-passphrase-file FILE",
      });
    }
    const [before, after] = [readPassphrase(config.passphraseFile), readPassphrase(config.newPassphraseFile)];
    show(await askNode(folder, "passphrase", before, after), () => "The passphrase is changed.");
  }
}

const MEGABYTE = 1e6;
const inMegabytes = (bytes: number) => `${(bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0)} MB`;

async function backUp({ folder, file, passphraseFile, json }: Config): Promise<void> {
  if (file === null || passphraseFile === null) {
    throw new NodeError("bad-request", "backup lacks what it needs", {
      safe: "Say where it goes: tssop backup FILE --passphrase-file FILE",
    });
  }
  const passphrase = readPassphrase(passphraseFile);
  const timer = setInterval(() => {
    const { size } = statSync(partOf(file), { throwIfNoEntry: false }) ?? { size: 0 };
    complain(size === 0 ? "Getting it together …" : `${inMegabytes(size)} written …`);
  }, 2_000);
  try {
    const { bytes } = (await askNode(folder, "backup", file, passphrase)) as { bytes: number };
    print(json ? JSON.stringify({ file, bytes }) : `${file} holds everything (${inMegabytes(bytes)}).`);
  } finally {
    clearInterval(timer);
  }
}

async function bringBack(config: Config): Promise<void> {
  const { file, folder, passphraseFile } = config;
  if (file === null || passphraseFile === null) {
    throw new NodeError("bad-request", "restore lacks what it needs", {
      safe: "Say where it is, and what opens it: tssop restore FILE --passphrase-file FILE",
    });
  }
  const passphrase = readPassphrase(passphraseFile);
  using _ = lockFolder(folder);
  endRestores(folder);
  await restore({ config, now: Date.now }, { bytes: openToRead(file), passphrase });
  print(config.json ? JSON.stringify({ event: "restored" }) : "Everything is back. Start with: tssop");
}

/** Words come by standard input, one a line, so that they stand in no history of the shell. */
async function wordsToFind(): Promise<string[]> {
  const asked = process.stdin.isTTY;
  if (asked) print("Type words that stand in your name or your posts, one a line; an empty line ends it:");
  const words: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "" && asked) break;
    words.push(line);
  }
  return words;
}

const MARKS = new Map([
  [true, "good"],
  [false, "BAD"],
  [null, "?"],
]);

async function proveHere(config: Config): Promise<void> {
  const { folder, torBinary } = config;
  if (!vaultExists(folder)) throw new NodeError("not-set-up", "nothing to prove");
  const words = await wordsToFind();
  const facts = await askNode(folder, "facts").catch((error: unknown) => {
    if (error instanceof NodeError && error.code === "not-running") return null;
    throw error;
  });
  const found = prove({
    folder,
    words,
    facts: facts as NodeFacts | null,
    torBinary,
    node: process.versions.node,
    now: Date.now(),
  });
  for (const finding of found) {
    const mark = MARKS.get(finding.good) ?? "?";
    print(config.json ? JSON.stringify(finding) : `${mark.padEnd(5)} ${finding.sentence}`);
  }
  if (found.some(({ good }) => good === false)) process.exitCode = 1;
}

async function main(): Promise<void> {
  const appFolder = dirname(dirname(fileURLToPath(import.meta.url)));
  const config = readConfig(process.argv.slice(2), undefined, appFolder);
  const log = createLog((line) => process.stderr.write(line), config.logLevel);
  if (config.command === "help") print(usage);
  else if (config.command === "version") print(version);
  else if (config.command === "start") await startOrShow(config, log);
  else if (config.command === "init") await init(config, log);
  else if (config.command === "prove") await proveHere(config);
  else if (config.command === "backup") await backUp(config);
  else if (config.command === "restore") await bringBack(config);
  else await ask(config);
}

main().catch((error: unknown) => {
  const known = asNodeError(error);
  complain(known.safe);
  if (known.code === "internal") complain(createdFor(known));
  process.exitCode = 1;
});

/** Where an unknown failure came from, scrubbed: for a report. */
function createdFor(error: NodeError): string {
  let text = "";
  createLog((line) => {
    text += line;
  }, "error").error("unexpected", error.cause ?? error);
  return text;
}
