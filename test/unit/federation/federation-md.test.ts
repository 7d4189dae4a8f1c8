import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { understood } from "../../../src/federation/inbox/dispatch.ts";
import { answerable } from "../../../src/federation/translate/answer.ts";
import { postTypes } from "../../../src/federation/translate/post.ts";
import { undoable } from "../../../src/federation/translate/undo.ts";

const root = new URL("../../../", import.meta.url);
const page = readFileSync(new URL("FEDERATION.md", root), "utf8");
const named = (types: { typeId: URL }[]) => types.map(({ typeId }) => typeId.hash.slice(1)).toSorted();

/** The cells of each row of the table under a heading. */
function rowsUnder(heading: string): string[][] {
  const section = page.split("\n## ").find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("|---"));
  return lines.slice(1).map((line) => line.split("|").slice(1, -1));
}

const words = (cell: string) => [...cell.matchAll(/`(\w+)`/g)].map((found) => found[1] ?? "").toSorted();

/** Everything that is written down of the program and its tests. */
function sources(): string {
  const files = ["src", "test"].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes("generated"))
      .map((name) => new URL(`${folder}/${name}`, root)),
  );
  return files.map((file) => readFileSync(file, "utf8")).join("\n");
}

describe("FEDERATION.md", () => {
  const objects = new Map(
    rowsUnder("Activities").map(([name = "", cell = ""]) => [words(name)[0] ?? "", cell]),
  );

  test("lists exactly the activities that are understood", () => {
    expect([...objects.keys()].toSorted()).toEqual(understood.toSorted());
  });

  test("says of what an answer can be, what can be taken back, and what is a post", () => {
    for (const name of ["Accept", "Reject"])
      expect(words(objects.get(name) ?? "")).toEqual(named(answerable));
    expect(words(objects.get("Undo") ?? "")).toEqual(named(undoable));
    const [posts = ""] = (objects.get("Create") ?? "").split(";");
    expect(words(posts)).toEqual(named(postTypes));
    expect(words(objects.get("Update") ?? "")).toEqual([...named(postTypes), "Person"].toSorted());
  });

  test("names no proposal that neither the program nor a test speaks of", () => {
    const all = sources();
    const ids = rowsUnder("Supported FEPs").flatMap(([cell = ""]) =>
      [...cell.matchAll(/\[([0-9a-f]{4})\]/g)].map((found) => found[1] ?? ""),
    );
    expect(ids.length).toBeGreaterThan(15);
    // 67ff is this page itself.
    const unspoken = ids.filter((id) => id !== "67ff" && !all.includes(`FEP-${id}`));
    expect(unspoken).toEqual([]);
  });
});
