import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../../public");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

test("the whole style is one small file that asks for nothing from anywhere", () => {
  expect(statSync(join(folder, "tssop.css")).size).toBeLessThan(36 * 1024);
  expect(read("tssop.css")).not.toMatch(/@import|url\(|@font-face/);
});

test.each(["app.js", "writing.js", "choosing.js"])("%s speaks to this device only", (name) => {
  expect(statSync(join(folder, name)).size).toBeLessThan(12 * 1024);
  expect(read(name)).not.toMatch(/https?:|\/\/[a-z]+\.|innerHTML|eval\(|import\(/);
});
