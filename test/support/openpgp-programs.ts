import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Somebody else's program with one person in it who has a key. */
export type Program = {
  name: string;
  certificate: Uint8Array;
  /** Signed by its person and sealed to this certificate. */
  seal(text: string, to: Uint8Array): Uint8Array;
  /** The words, when the program opened it and found it signed by the key with this fingerprint; throws otherwise. */
  open(sealed: Uint8Array, from: Uint8Array, fingerprint: string): string;
} & Disposable;

type Folder = {
  path: (name: string) => string;
  file: (name: string, bytes: Uint8Array | string) => string;
} & Disposable;

function folder(): Folder {
  // Short: the agent's socket is in it.
  const home = mkdtempSync(join(tmpdir(), "pgp-"));
  const path = (name: string) => join(home, name);
  return {
    path,
    file: (name, bytes) => {
      writeFileSync(path(name), bytes, { mode: 0o600 });
      return path(name);
    },
    // The agent ends by itself when its folder is gone.
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

function ran(program: string, args: readonly string[], input: Uint8Array | string = ""): Buffer {
  const libraries = process.env["TSSOP_OPENPGP_LIBRARIES"];
  const env = { ...process.env, ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }) };
  return execFileSync(program, args, { env, input, stdio: ["pipe", "pipe", "pipe"], timeout: 60_000 });
}

/** `gpg` runs it with its person's keys; `file` writes one where it reads, `path` is where it writes. */
export type GnuPG = Program & {
  gpg(...args: string[]): string;
  /** One of its certificates. */
  exported(fingerprint: string): Uint8Array;
  path: Folder["path"];
  file: Folder["file"];
};

/** GnuPG with a key of this kind, without a passphrase. */
export function gnupg(kind: "curve25519" | "rsa" = "curve25519"): GnuPG {
  const place = folder();
  const { path, file } = place;
  const agent = process.env["TSSOP_GPG_AGENT"];
  const program = process.env["TSSOP_GPG"] ?? "gpg";
  const how = [
    ...["--homedir", path("."), ...(agent === undefined ? [] : ["--agent-program", agent])],
    ...["--batch", "--yes", "--pinentry-mode", "loopback", "--trust-model", "always", "--no-auto-key-locate"],
  ];
  const gpg = (...args: string[]) => {
    const open = args.includes("--passphrase") ? [] : ["--passphrase", ""];
    return ran(program, [...how, ...open, ...args]).toString();
  };
  const exported = (fingerprint: string) => {
    gpg("--output", path("exported.pgp"), "--export", fingerprint);
    return new Uint8Array(readFileSync(path("exported.pgp")));
  };
  const person = "person@example.org";
  const [primary, sub] = kind === "rsa" ? ["rsa3072", "rsa3072"] : ["ed25519", "cv25519"];
  gpg("--quick-generate-key", person, primary, "cert,sign", "1y");
  const [fingerprint = ""] = fingerprintsIn(gpg("--with-colons", "--list-keys", person));
  gpg("--quick-add-key", fingerprint, sub, "encr", "1y");
  return {
    ...{ gpg, exported, path, file },
    name: gpg("--version").split("\n")[0] ?? "",
    certificate: exported(fingerprint),
    seal: (text, to) => {
      gpg("--import", file("to.pgp", to));
      const [recipient = ""] = fingerprintsIn(gpg("--with-colons", "--show-keys", path("to.pgp")));
      gpg(
        ...["--output", path("out.pgp"), "--recipient", recipient, "--local-user", fingerprint],
        ...["--sign", "--encrypt", file("in.txt", text)],
      );
      return new Uint8Array(readFileSync(path("out.pgp")));
    },
    open: (sealed, from, signer) => {
      gpg("--import", file("from.pgp", from));
      const said = gpg(
        ...["--status-fd", "1", "--output", path("out.txt")],
        ...["--decrypt", file("in.pgp", sealed)],
      );
      if (!said.includes(`VALIDSIG ${signer.toUpperCase()}`)) throw new Error(said);
      return readFileSync(path("out.txt"), "utf8");
    },
    [Symbol.dispose]: () => place[Symbol.dispose](),
  };
}

/** Of the primary keys, in the order in which they are listed. */
export function fingerprintsIn(listed: string): string[] {
  return [...listed.matchAll(/^(?:pub|sec):.*\nfpr:+([0-9A-F]+):/gm)].map(([, found = ""]) => found);
}

const programs = {
  Sequoia: { variable: "TSSOP_SQOP", program: "sqop", verified: "--verifications-out" },
  GopenPGP: { variable: "TSSOP_GOSOP", program: "gosop", verified: "--verify-out" },
};

/** A program that speaks the stateless command line (draft-dkg-openpgp-stateless-cli). */
export function stateless(which: keyof typeof programs): Program {
  const place = folder();
  const { variable, verified, ...named } = programs[which];
  const program = process.env[variable] ?? named.program;
  const key = place.file("own.key", ran(program, ["generate-key", "Person <person@example.org>"]));
  const certificate = ran(program, ["extract-cert"], readFileSync(key));
  return {
    name: ran(program, ["version"]).toString().trim(),
    certificate: new Uint8Array(certificate),
    seal: (text, to) => {
      const args = ["encrypt", "--no-armor", `--sign-with=${key}`, place.file("to.pgp", to)];
      return new Uint8Array(ran(program, args, text));
    },
    open: (sealed, from, signer) => {
      const found = place.path("found.txt");
      rmSync(found, { force: true });
      const signers = place.file("from.pgp", from);
      const text = ran(program, ["decrypt", `--verify-with=${signers}`, `${verified}=${found}`, key], sealed);
      if (!readFileSync(found, "utf8").toLowerCase().includes(signer)) throw new Error("not signed by them");
      return text.toString();
    },
    [Symbol.dispose]: () => place[Symbol.dispose](),
  };
}
