import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** The programs of one Tor package. */
export type TorPrograms = { tor: string; gencert: string; libraryPath: string | undefined };

export const IGNORE_FILES = ["-f", "-", "--defaults-torrc", "/nonexistent", "--ignore-missing-torrc"];

export function torEnvironment(programs: TorPrograms): NodeJS.ProcessEnv {
  return programs.libraryPath === undefined ? {} : { LD_LIBRARY_PATH: programs.libraryPath };
}

/** Runs a program to its end; throws when it failed. */
async function run(
  programs: TorPrograms,
  program: string,
  args: string[],
  input: string,
  cwd?: string,
): Promise<string> {
  const child = spawn(program, args, {
    env: torEnvironment(programs),
    stdio: "pipe",
    ...(cwd ? { cwd } : {}),
  });
  const said: string[] = [];
  const complaints: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => complaints.push(text));
  child.stdin.on("error", () => {}).end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${complaints.join("")}${said.join("")}`);
  return said.join("");
}

const CERTIFICATE = "authority_certificate";
const FILES = ["authority_identity_key", "authority_signing_key", CERTIFICATE];
const MONTH_MS = 30 * 86_400_000;

async function certificateIn(folder: string): Promise<string | null> {
  try {
    const text = await readFile(join(folder, CERTIFICATE), "latin1");
    const expires = Date.parse(`${/^dir-key-expires (.*)$/m.exec(text)?.[1]}Z`);
    return expires > Date.now() + MONTH_MS ? text : null;
  } catch {
    return null;
  }
}

/** Keys of the authority: they take seconds to make, protect nothing, and so are kept between runs. */
async function authorityKeys(programs: TorPrograms): Promise<{ folder: string; certificate: string }> {
  const kept = join(tmpdir(), `tor-network-keys-${userInfo().uid}`);
  const known = await certificateIn(kept);
  if (known !== null) return { folder: kept, certificate: known };
  await mkdir(kept, { recursive: true, mode: 0o700 });
  const made = await mkdtemp(join(kept, "making-"));
  const args = ["--create-identity-key", "-m", "12", "--passphrase-fd", "0"];
  await run(programs, programs.gencert, args, "test\n", made);
  // The certificate last: it says that the others are there.
  for (const file of FILES) await rename(join(made, file), join(kept, file));
  await rm(made, { recursive: true, force: true });
  const certificate = await certificateIn(kept);
  if (certificate === null) throw new Error("tor-gencert made no certificate");
  return { folder: kept, certificate };
}

/** Makes a relay's identity; returns its fingerprint. Done before the start, so that no relay is late for the vote. */
export async function makeRelayKeys(programs: TorPrograms, name: string, folder: string): Promise<string> {
  await mkdir(join(folder, "keys"), { recursive: true, mode: 0o700 });
  const said = await run(
    programs,
    programs.tor,
    [
      "--list-fingerprint",
      "--quiet",
      ...IGNORE_FILES,
      ...["--DataDirectory", folder, "--ORPort", "1", "--Nickname", name],
      ...["--DirAuthority", "x 127.0.0.1:1 ffffffffffffffffffffffffffffffffffffffff"],
    ],
    "",
  );
  return said.trim().split(" ").slice(1).join("");
}

/** Puts the authority's keys into its folder; returns the identity that the others must know. */
export async function giveAuthorityKeys(programs: TorPrograms, folder: string): Promise<string> {
  const { folder: kept, certificate } = await authorityKeys(programs);
  for (const file of FILES.slice(1)) await copyFile(join(kept, file), join(folder, "keys", file));
  const identity = /^fingerprint ([0-9A-F]{40})/m.exec(certificate)?.[1];
  if (identity === undefined) throw new Error("the authority's certificate has no fingerprint");
  return identity;
}
