import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { understood } from "../../../src/federation/inbox/dispatch.ts";

test("FEDERATION.md lists exactly the activities that are understood", () => {
  const page = readFileSync(new URL("../../../FEDERATION.md", import.meta.url), "utf8");
  const section = page.split("\n## ").find((part) => part.startsWith("Activities\n")) ?? "";
  const listed = [...section.matchAll(/^\| `(\w+)` \|/gm)].map((row) => row[1]);
  expect(listed.toSorted()).toEqual(understood.toSorted());
});
