import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../../public");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

test("the whole style is one small file that asks for nothing from anywhere", () => {
  expect(statSync(join(folder, "tssop.css")).size).toBeLessThan(36 * 1024);
  expect(read("tssop.css")).not.toMatch(/@import|url\(|@font-face/);
});

test("conversations have a sheet of their own, as small and as quiet", () => {
  expect(statSync(join(folder, "messages.css")).size).toBeLessThan(6 * 1024);
  expect(read("messages.css")).not.toMatch(/@import|url\(|@font-face/);
});

test.each(["app.js", "writing.js", "choosing.js", "talking.js", "telling.js", "scanning.js"])(
  "%s speaks to this device only",
  (name) => {
    expect(statSync(join(folder, name)).size).toBeLessThan(12 * 1024);
    expect(read(name)).not.toMatch(/https?:|\/\/[a-z]+\.|innerHTML|eval\(|import\(/);
  },
);

test("scripts of one page take no name from each other, for they share them", () => {
  const scripts = ["app.js", "writing.js", "choosing.js", "talking.js", "telling.js", "scanning.js"];
  const names = scripts.flatMap((name) =>
    [...read(name).matchAll(/^(?:const|let|(?:async )?function) (\w+)/gm)].map(([, one]) => one),
  );
  expect(names.filter((one, at) => names.indexOf(one) !== at)).toEqual([]);
  expect(names.length).toBeGreaterThan(20);
});
