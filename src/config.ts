import { createReadStream, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { NodeError } from "./lib/errors.ts";
import type { LogLevel } from "./lib/log.ts";

/**
 * The only reader of the environment, the flags and the plain settings beside the vault.
 * Nothing personal is ever in here: the folder's config.json holds the port of the owner's page and no more.
 */
export type Command =
  | "start"
  | "init"
  | "status"
  | "address"
  | "token"
  | "lock"
  | "passphrase"
  | "backup"
  | "restore"
  | "prove"
  | "help"
  | "version";

export type Config = {
  command: Command;
  /** Of `backup` and `restore`; null: none was named. */
  file: string | null;
  folder: string;
  /** null: the one kept in the folder, or a random one at set-up */
  port: number | null;
  open: boolean;
  json: boolean;
  passphraseFile: string | null;
  newPassphraseFile: string | null;
  name: string | null;
  handle: string | null;
  scopes: string;
  torBinary: string | null;
  torLibraries: string | null;
  extraTorrc: string[];
  publicFolder: string;
  /** The program that decodes pictures, see pictures/child.ts. */
  pictureChild: string;
  /** The program that copies the database in a thread of its own, see copier.ts. */
  copier: string;
  /** Where this Node finds shared libraries that the system lacks, for its own children. */
  nodeLibraries: string | null;
  language: "en" | "de";
  logLevel: LogLevel;
  /** Argon2id at its floor instead of calibrated: quicker tests and demos, weaker against guessing */
  quickVault: boolean;
};

const commands: readonly string[] = [
  "start",
  "init",
  "status",
  "address",
  "token",
  "lock",
  "passphrase",
  "backup",
  "restore",
  "prove",
];
/** Commands that name a file. */
const withFile: readonly string[] = ["backup", "restore"];

export const usage = `tssop                       start, and open your page in the browser
tssop init --name NAME --passphrase-file FILE [--handle HANDLE]
                            set up without the page
tssop status                what it is doing now
tssop address               your address, to give to people
tssop token [--scopes "read write follow"]
                            access for an app
tssop lock                  lock everything: keys dropped, not reachable
tssop passphrase --passphrase-file FILE --new-passphrase-file FILE
                            change the passphrase
tssop backup FILE --passphrase-file FILE
                            keep everything in one file, while it runs
tssop restore FILE --passphrase-file FILE
                            bring everything back from it, where nobody is set up
tssop prove                 check your own files and connections, and say what was found

  --data DIR                where your data lies
  --port N                  the port of your page on this computer
  --no-open                 do not open the browser
  --passphrase-file FILE    unlock at start with the first line of FILE
  --torrc FILE              more lines for Tor's configuration
  --json                    one JSON object a line for each change
`;

function readFlags(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        port: { type: "string" },
        "no-open": { type: "boolean", default: false },
        "passphrase-file": { type: "string" },
        "new-passphrase-file": { type: "string" },
        torrc: { type: "string" },
        json: { type: "boolean", default: false },
        name: { type: "string" },
        handle: { type: "string" },
        scopes: { type: "string", default: "read write follow" },
        help: { type: "boolean", short: "h", default: false },
        version: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new NodeError("bad-request", message, { safe: message });
  }
}

/** Reads flags and environment. Throws NodeError "bad-request" with what is wrong. */
export function readConfig(
  argv: string[],
  environment: NodeJS.ProcessEnv = process.env,
  appFolder = ".",
): Config {
  const { values, positionals } = readFlags(argv);
  const [word = "start", ...rest] = positionals;
  const most = withFile.includes(word) ? 1 : 0;
  if (rest.length > most || !commands.includes(word)) {
    const odd = rest[most] ?? word;
    throw new NodeError("bad-request", "unknown command", {
      safe: `“${odd}” is not something TSSOP knows. “tssop --help” tells what there is.`,
    });
  }
  const file = (path: string | undefined) => (path === undefined ? null : resolve(path));
  return {
    command: values.help ? "help" : values.version ? "version" : (word as Command),
    file: file(rest[0]),
    folder: resolve(values.data ?? defaultFolder(environment)),
    port: values.port === undefined ? null : portOf(values.port),
    open: !values["no-open"],
    json: values.json,
    passphraseFile: file(values["passphrase-file"]),
    newPassphraseFile: file(values["new-passphrase-file"]),
    name: values.name ?? null,
    handle: values.handle ?? null,
    scopes: values.scopes,
    torBinary: environment["TSSOP_TOR"] || null,
    torLibraries: environment["TSSOP_TOR_LIBRARIES"] || null,
    extraTorrc: values.torrc === undefined ? [] : linesOf(values.torrc),
    publicFolder: environment["TSSOP_PUBLIC"] || join(appFolder, "public"),
    pictureChild: join(appFolder, "dist", "picture.cjs"),
    copier: join(appFolder, "dist", "copier.cjs"),
    nodeLibraries: environment["LD_LIBRARY_PATH"] || null,
    language: /^de/i.test(environment["LC_ALL"] || environment["LANG"] || "") ? "de" : "en",
    logLevel: logLevelOf(environment["TSSOP_LOG"]),
    quickVault: environment["TSSOP_QUICK_VAULT"] === "1",
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new NodeError("bad-request", "bad port", {
    safe: `“${text}” is not a port. Use a number from 1 to 65535.`,
  });
}

function logLevelOf(text: string | undefined): LogLevel {
  return text === "debug" || text === "info" || text === "error" || text === "silent" ? text : "warn";
}

function linesOf(path: string): string[] {
  return readText(path).split(/\r?\n/);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** A file of any size. */
export function openToRead(path: string): Readable {
  try {
    if (!statSync(path).isFile()) throw new Error("not a file");
    return createReadStream("", { fd: openSync(path, "r"), highWaterMark: 256 * 1024 });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): NodeError {
  return new NodeError("bad-request", "unreadable file", {
    safe: `The file ${path} could not be read. Look at the name, and whether you may read it.`,
    cause,
  });
}

/** First line of a passphrase file. */
export function readPassphrase(path: string): string {
  const [line = ""] = readText(path).split(/\r?\n/);
  if (line !== "") return line;
  throw new NodeError("bad-request", "empty passphrase file", {
    safe: `The file ${path} has no passphrase in its first line.`,
  });
}

function defaultFolder(environment: NodeJS.ProcessEnv): string {
  if (process.platform === "win32") return join(environment["APPDATA"] ?? homedir(), "TSSOP");
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "TSSOP");
  return join(environment["XDG_DATA_HOME"] || join(homedir(), ".local", "share"), "tssop");
}

/** Below 32,768: from there on systems take ports for outgoing connections, and one of those may be in use. */
const LOWEST_PORT = 20_000;
const PORTS_END = 32_768;

/** The kept port; or keeps the given or a random one. The folder is there, and locked for us. */
export function settlePort(config: Pick<Config, "folder" | "port">, random: () => number): number {
  const path = join(config.folder, "config.json");
  const kept = keptPort(path);
  const port = config.port ?? kept ?? LOWEST_PORT + Math.floor(random() * (PORTS_END - LOWEST_PORT));
  if (port !== kept) writeFileSync(path, `${JSON.stringify({ port })}\n`, { mode: 0o600 });
  return port;
}

function keptPort(path: string): number | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    const port = typeof parsed === "object" && parsed !== null && "port" in parsed ? parsed.port : null;
    return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  } catch {
    return null;
  }
}
