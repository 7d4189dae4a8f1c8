import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkAddress } from "../../../src/prove/address.ts";
import { checkFiles } from "../../../src/prove/files.ts";
import type { NodeFacts } from "../../../src/prove/finding.ts";
import { checkSockets, placeOf } from "../../../src/prove/sockets.ts";
import { checkVersions, RUNTIME } from "../../../src/prove/versions.ts";
import { findWords } from "../../../src/prove/words.ts";

const ONION = "a".repeat(56);
const DAY = 24 * 60 * 60_000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tssop-prove-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("words in the owner's files", () => {
  const word = "Jürgen-lighthouse";
  test.each([
    ["as typed", Buffer.from(`hello ${word} there`)],
    ["in small letters", Buffer.from(word.toLowerCase())],
    ["decomposed", Buffer.from(word.normalize("NFD"))],
    ["in UTF-16", Buffer.from(word, "utf16le")],
    ["in base64, first", Buffer.from(Buffer.from(`${word} said`).toString("base64"))],
    ["in base64, second", Buffer.from(Buffer.from(`x${word} said`).toString("base64"))],
    ["in base64, third", Buffer.from(Buffer.from(`xy${word} said`).toString("base64"))],
    [
      "across the edge of what is read at once",
      Buffer.concat([Buffer.alloc(1024 * 1024 - 5), Buffer.from(word)]),
    ],
  ])("are found %s", (_how, bytes) => {
    mkdirSync(join(folder, "deep", "er"), { recursive: true });
    writeFileSync(join(folder, "deep", "er", "file"), bytes);
    const found = findWords(folder, ["something else", word]);
    expect(found).toMatchObject({ good: false, sentence: expect.stringContaining("deep/er/file") });
  });
  test("are not found where they are not", () => {
    writeFileSync(join(folder, "file"), Buffer.alloc(3 * 1024 * 1024, 7));
    expect(findWords(folder, [word])).toMatchObject({ good: true });
  });
  test("are not said to be absent when none were asked for", () => {
    for (const words of [[], ["ab"], [" "]]) expect(findWords(folder, words).good).toBeNull();
  });
});

describe("who may read the files", () => {
  test("a closed folder closes what is in it", () => {
    writeFileSync(join(folder, "file"), "", { mode: 0o644 });
    chmodSync(folder, 0o700);
    expect(checkFiles(folder)).toMatchObject({ good: true });
  });
  test("an open file in an open folder is named", () => {
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, "closed"), "", { mode: 0o600 });
    expect(checkFiles(folder)).toMatchObject({ good: true });
    writeFileSync(join(folder, "open"), "", { mode: 0o644 });
    expect(checkFiles(folder)).toMatchObject({ good: false, sentence: expect.stringMatching(/open\.$/) });
  });
});

const facts = (pid: number, port = 1): NodeFacts => ({ pid, port, node: "26", tor: null, onion: ONION });

describe.runIf(process.platform === "linux")("open connections", () => {
  async function running(code: string): Promise<{ child: ChildProcess; port: number } & Disposable> {
    const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
    const [said] = await once(child.stdout, "data");
    return { child, port: Number(String(said).trim()), [Symbol.dispose]: () => void child.kill("SIGKILL") };
  }
  const listen = (host: string) =>
    `const s = require("node:net").createServer().listen(0, "${host}", () => console.log(s.address().port))`;
  test("the owner's page is fine", async () => {
    using node = await running(listen("127.0.0.1"));
    expect(checkSockets(facts(node.child.pid ?? 0, node.port))).toMatchObject([{ good: true }]);
  });
  test("another port, one for everybody, a name look-up's socket and a child's socket are not", async () => {
    const udp = `const s = require("node:dgram").createSocket("udp4"); s.bind(0, "127.0.0.1", () => console.log(1))`;
    // Ends with its parent, however that ends: its standard input is closed then.
    const tied = `process.stdin.resume().on("end", () => process.exit()); ${listen("::1")}`;
    const child = `const c = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(tied)}]);
      c.stdout.once("data", () => console.log(1))`;
    for (const code of [listen("127.0.0.1"), listen("0.0.0.0"), listen("::"), udp, child]) {
      using node = await running(code);
      expect(checkSockets(facts(node.child.pid ?? 0)), code).toMatchObject([
        { check: "sockets", good: false },
      ]);
    }
  });
  test("addresses are read as the system writes them", () => {
    expect(placeOf("0100007F:1F90")).toEqual({ address: "127.0.0.1", port: 8080 });
    expect(placeOf("00000000000000000000000001000000:0050")).toEqual({ address: "::1", port: 80 });
    expect(placeOf("0000000000000000FFFF00000100007F:0050")).toEqual({
      address: "::ffff:127.0.0.1",
      port: 80,
    });
    expect(placeOf("B80D01200000000000000000010000FF:0001").address).toBe("2001:db8::ff00:1");
  });
  test("nothing runs, nothing is open, nothing is claimed", () => {
    expect(checkSockets(null)).toMatchObject([{ good: null }]);
  });
});

test("an address that is not the owner's is told of", () => {
  const byWords = "c".repeat(56);
  const tor = (published: string[]) => ({
    ...facts(1),
    tor: { pid: 2, version: "0.4.9", published, brief: [byWords] },
  });
  expect(checkAddress(tor([ONION]))).toMatchObject({ good: true });
  expect(checkAddress(tor([]))).toMatchObject({ good: true });
  expect(checkAddress(tor([ONION])).sentence).not.toContain("words");
  const beside = checkAddress(tor([ONION, byWords]));
  expect(beside.good).toBe(true);
  expect(beside.sentence).toContain("eight words");
  expect(checkAddress(tor([ONION, "b".repeat(56)]))).toMatchObject({ good: false });
  expect(checkAddress({ ...tor(["b".repeat(56)]), onion: null })).toMatchObject({ good: false });
  expect(checkAddress(null)).toMatchObject({ good: null });
});

test("an old program is told of", () => {
  const versions = (now: number) =>
    checkVersions({ facts: null, torBinary: null, node: RUNTIME.version, now }).map(({ good }) => good);
  expect(versions(RUNTIME.released + 10 * DAY)).toEqual([true, false]);
  expect(versions(RUNTIME.released + 400 * DAY)).toEqual([false, false]);
});

test("the runtime whose age is known is the one in our packages", () => {
  const { optionalDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const runtimes = Object.entries(optionalDependencies).filter(([name]) => name.startsWith("node-"));
  expect(runtimes.length).toBeGreaterThan(3);
  for (const [name, version] of runtimes) expect(version, name).toBe(RUNTIME.version);
});
