import { describe, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { createLog, type Log } from "../../../src/lib/log.ts";
import { onionFromSeed } from "../../../src/tor/onion-key.ts";

const { onion } = onionFromSeed(Buffer.alloc(32, 1));
const TOKEN = `tssop_${"Ab3-_x9".repeat(6)}Z`;
const KEY = Buffer.alloc(32, 7).toString("base64");
const WORDS = "kettle for friends";

function written(say: (log: Log) => void): string {
  let text = "";
  const log = createLog((line) => {
    text += line;
  }, "debug");
  say(log);
  return text;
}

const levels = ["debug", "info", "warn"] as const;
const secrets: [string, string, string][] = [
  ["an onion", onion, onion.slice(0, 56)],
  ["an onion without its ending, in capitals", onion.slice(0, 56).toUpperCase(), onion.slice(0, 56)],
  ["an address of a person", `nora@${onion}`, "nora"],
  ["an address of a page", `http://${onion}/posts/12?token=small`, "small"],
  ["an address outside", "https://social.example.org/@nora", "social.example.org"],
  ["a token", TOKEN, TOKEN],
  ["a token in a header", `Bearer ${TOKEN}`, TOKEN],
  ["a key", KEY, KEY],
  ["an id", "0123456789abcdef".repeat(2), "0123456789abcdef"],
];

describe("E16: the log", () => {
  test.each(secrets)("at no level shows %s", (_, given, secret) => {
    for (const level of levels) {
      const text = written((log) => {
        log[level](`something with ${given} in it`, { peer: given, count: 3 });
      });
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
      expect(text).toContain(`${level} something with `);
      expect(text).toContain("count=3");
    }
    const thrown = written((log) => log.error("failed", new NodeError("peer-off", `no answer of ${given}`)));
    expect(thrown.toLowerCase()).not.toContain(secret.toLowerCase());
    expect(thrown).toContain("peer-off no answer of");
  });

  const failures: [string, string, () => unknown][] = [
    ["words that are no JSON", "SyntaxError", () => JSON.parse(WORDS)],
    ["words that are no number", "SyntaxError", () => BigInt(WORDS)],
    ["words that name a member", "TypeError", () => Object.defineProperty(Object.freeze({}), WORDS, {})],
    [
      "words over several lines",
      "Error",
      () => {
        throw new Error(`it failed:\n{\n  data: { html: "${WORDS}" }\n}\n    at ${WORDS}:1:2\n`);
      },
    ],
    [
      "words that were thrown as they are",
      "string",
      () => {
        throw WORDS;
      },
    ],
  ];
  test.each(failures)("does not quote %s", (_, name, fail) => {
    const text = written((log) => {
      try {
        fail();
      } catch (error) {
        log.error("a request failed", error);
      }
    });
    expect(text).not.toContain("kettle");
    expect(text).toContain(`error a request failed: ${name}`);
    expect(text.trimEnd()).not.toContain("\n");
    if (name !== "string") expect(text).toMatch(/log\.test\.ts:\d+:\d+/);
  });

  test.each([
    "at save (/home/nora lind/tssop/dist/tssop.cjs:10:20)",
    "at /home/nora lind/tssop/dist/tssop.cjs:10:20",
    "at async save (file:///home/nora%20lind/tssop/dist/tssop.cjs:10:20)",
    "at save (C:\\Users\\nora lind\\tssop\\dist\\tssop.cjs:10:20)",
    "at C:\\Users\\nora lind\\tssop\\dist\\tssop.cjs:10:20",
  ])("names the file of “%s”, and not whose computer it is", (line) => {
    const error = new TypeError("x");
    error.stack = `TypeError: x\n    ${line}`;
    const text = written((log) => log.error("failed", error));
    expect(text).not.toContain("nora");
    expect(text).toContain("tssop.cjs:10:20");
  });

  test("is one line for each thing, whatever is in it", () => {
    const text = written((log) => log.warn("a\nerror forged", { why: "b\r\ninfo forged" }));
    expect(text).toBe("warn a error forged why=b info forged\n");
  });
});
