import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const folder = new URL("../../../src/federation/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

/** The files that the list of handlers is made of. */
const handlers = [...read("inbox/dispatch.ts").matchAll(/from "\.\/([\w-]+\.ts)"/g)]
  .map((found) => found[1] ?? "")
  .filter((name) => name !== "incoming.ts");

describe.each(handlers)("the handler in inbox/%s", (name) => {
  const code = read(`inbox/${name}`);

  test("looks who it is first, then what they may, and says why", () => {
    const [who, may] = [code.indexOf("// Authentication: "), code.indexOf("// Authorization: ")];
    expect(who).toBeGreaterThan(0);
    expect(may).toBeGreaterThan(who);
  });

  test("gives a verdict", () => {
    expect(code).toMatch(/^export async function \w+\(tx: Tx, [^)]*Incoming<[^)]*\): Promise<Verdict> \{$/m);
  });

  test("leaves the reading of the wire to its twin in translate/", () => {
    expect(code).not.toMatch(/^import \{[^}]*\} from "@fedify/m);
    const delegates = code.includes('from "./add.ts"');
    expect(delegates || code.includes('from "../translate/')).toBe(true);
  });
});

test("there are as many files as the list of handlers needs", () => {
  expect(handlers.length).toBeGreaterThan(10);
  expect(new Set(handlers).size).toBe(handlers.length);
});

test.each(readdirSync(new URL("translate", folder)))(
  "translate/%s is pure: no store, no queries, no clock",
  (name) => {
    const code = read(`translate/${name}`);
    expect(code).not.toMatch(/^import (?!type)[^;]*from "[^"]*(?:store\/|queries|outbox\/|inbox\/)/m);
    expect(code).not.toMatch(/\bDate\.now\(\)|\bfetch\(/);
  },
);
