import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** toot, a Mastodon client of somebody else's: `run("post", "hello")` resolves with what it printed. */
export type Toot = { run(...given: string[]): Promise<string> };

/** What to put into its config by hand, as docs/mastodon-api.md tells people to. */
export type TootAccount = { baseUrl: string; onion: string; handle: string; token: string };

type Program = { command: string; first: string[]; environment: Record<string, string> };

const CACHE = resolve(".cache", "toot");

/** Throws with a sentence when there is no toot to be had. */
export async function tootFor(account: TootAccount, folder: string): Promise<Toot> {
  const program = onPath() ?? unpacked() ?? (await unpack());
  writeConfig(account, folder);
  const env = {
    ...process.env,
    ...program.environment,
    XDG_CONFIG_HOME: folder,
    NO_PROXY: "*",
    PYTHONIOENCODING: "utf-8",
    PYTHONDONTWRITEBYTECODE: "1",
  };
  return {
    run: (...given) =>
      new Promise((done, failed) => {
        const child = execFile(
          program.command,
          [...program.first, ...given],
          { env, timeout: 60_000 },
          (error, stdout, stderr) =>
            error === null ? done(stdout) : failed(new Error(`toot ${given[0]}: ${stdout}${stderr}`)),
        );
        // toot reads what is left of a post from standard input, as long as that is open.
        child.stdin?.end();
      }),
  };
}

function writeConfig({ baseUrl, onion, handle, token }: TootAccount, folder: string): void {
  const user = `${handle}@${onion}`;
  const config = {
    active_user: user,
    apps: { [onion]: { instance: onion, base_url: baseUrl, client_id: "", client_secret: "" } },
    users: { [user]: { instance: onion, username: handle, access_token: token } },
  };
  mkdirSync(join(folder, "toot"), { recursive: true });
  writeFileSync(join(folder, "toot", "config.json"), JSON.stringify(config), { mode: 0o600 });
}

function onPath(): Program | null {
  const places = (process.env["PATH"] ?? "").split(":").map((place) => join(place, "toot"));
  const command = places.find((place) => existsSync(place));
  return command === undefined ? null : { command, first: [], environment: {} };
}

/** Debian's package and whatever of its dependencies the system lacks, all below one folder. */
function unpacked(): Program | null {
  const modules = join(CACHE, "usr/lib/python3/dist-packages");
  if (!existsSync(join(modules, "toot", "console.py"))) return null;
  const first = ["-c", "import sys; from toot.console import main; sys.argv[0] = 'toot'; main()"];
  if (existsSync("/usr/bin/python3")) {
    return { command: "/usr/bin/python3", first, environment: { PYTHONPATH: modules } };
  }
  const python = readdirSync(join(CACHE, "usr/bin")).find((name) => /^python3\.\d+$/.test(name));
  if (python === undefined) return null;
  const home = join(CACHE, "usr");
  return {
    command: join(home, "bin", python),
    first,
    environment: { PYTHONHOME: home, PYTHONPATH: modules, LD_LIBRARY_PATH: libraries(home) },
  };
}

function libraries(home: string): string {
  const folders = readdirSync(join(home, "lib")).filter((name) => name.includes("linux"));
  return [...folders.map((name) => join(home, "lib", name)), process.env["LD_LIBRARY_PATH"] ?? ""]
    .filter((place) => place !== "")
    .join(":");
}

type Unpacker = {
  isDebianLike(): Promise<boolean>;
  unpackPackage(wanted: {
    name: string;
    target: string;
    lists: string;
    say: (line: string) => void;
    everything: boolean;
  }): Promise<void>;
};

async function unpack(): Promise<Program> {
  const script = pathToFileURL(resolve("scripts/unpack-packages.mjs")).href;
  const { isDebianLike, unpackPackage }: Unpacker = await import(script);
  if (!(await isDebianLike())) {
    throw new Error(
      "The program toot is missing. Install it (“pipx install toot”), then run the tests again.",
    );
  }
  const lists = resolve(".cache", "apt");
  await unpackPackage({ name: "toot", target: CACHE, lists, say: () => {}, everything: true });
  const program = unpacked();
  if (program === null)
    throw new Error("Debian's package toot was unpacked, but does not hold a toot that runs.");
  return program;
}
