import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { socketFolder } from "../../src/run-folder.ts";

const base = mkdtempSync(join(tmpdir(), "tssop-run-"));
afterAll(() => rmSync(base, { recursive: true }));

test.each([
  ["short", true],
  ["with a space", false],
  ['with-"quotes"', false],
  ["deep-".repeat(20), false],
])("sockets of a folder called %s lie where Tor and the system can name them", (name, inside) => {
  const data = join(base, name);
  using cleaning = new DisposableStack();
  const folder = socketFolder(data);
  cleaning.defer(() => rmSync(folder, { recursive: true }));
  expect(folder.startsWith(base)).toBe(inside);
  expect(folder).not.toMatch(/[\s"]/);
  expect(Buffer.byteLength(folder)).toBeLessThan(81);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(socketFolder(data)).toBe(folder);
});

test("two data folders never share their sockets", () => {
  using cleaning = new DisposableStack();
  const [one, two] = ["one space", "two space"].map((name) => socketFolder(join(base, name))) as [
    string,
    string,
  ];
  for (const folder of [one, two]) cleaning.defer(() => rmSync(folder, { recursive: true }));
  expect(one).not.toBe(two);
});
