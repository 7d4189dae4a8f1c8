import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { tables } from "../../../src/store/tables.ts";

/** The rules of docs/adr/0001 over the schema as it is written. */
const schema = readFileSync("prisma/schema.prisma", "utf8");
const models = [...schema.matchAll(/(?:\/\/\/ (.*)\n(?:\/\/\/ .*\n)*)?model (\w+) \{\n([\s\S]*?)\n\}/g)].map(
  ([, comment = "", name = "", body = ""]) => ({
    comment,
    name,
    lines: body.split("\n").map((line) => line.trim()),
  }),
);
const kindOf = (name: string) => tables.find((table) => table.name === name)?.kind;
const columns = (lines: string[]) =>
  lines.filter((line) => /^\w+\s+(String|Int|BigInt|Boolean|DateTime|Bytes|Float)\b/.test(line));

test("every model has a kind, and says the same in its comment", () => {
  expect(models.map(({ name }) => name).sort()).toEqual(tables.map(({ name }) => name).sort());
  for (const { name, comment } of models) expect(comment.startsWith(kindOf(name) ?? "?"), name).toBe(true);
});

test("no column may be empty of a value", () => {
  for (const { name, lines } of models) {
    for (const line of columns(lines)) expect(/^\w+\s+\w+\?/.test(line), `${name}: ${line}`).toBe(false);
  }
});

test("nothing is unique but the key", () => {
  for (const { name, lines } of models) {
    expect(
      lines.filter((line) => line.includes("@unique") || line.startsWith("@@unique")),
      name,
    ).toEqual([]);
    expect(
      lines.filter((line) => line.includes("@id") || line.startsWith("@@id")),
      name,
    ).toHaveLength(1);
  }
});

test("only rows are parents, and children go with them", () => {
  for (const { name, lines } of models) {
    for (const line of lines.filter(
      (one) => one.includes("@relation(fields") || /@relation\("\w+", fields/.test(one),
    )) {
      const parent = /^\w+\s+(\w+)/.exec(line)?.[1] ?? "";
      expect(kindOf(parent), `${name} -> ${parent}`).toBe("row");
      expect(line, name).toContain("onDelete: Cascade");
    }
  }
});

test("a rank is a column of its table", () => {
  for (const { name, rank } of tables) {
    if (rank === undefined) continue;
    const model = models.find((one) => one.name === name);
    expect(
      columns(model?.lines ?? []).some((line) => new RegExp(`^${rank}\\s+(Int|BigInt)\\b`).test(line)),
      name,
    ).toBe(true);
  }
});
