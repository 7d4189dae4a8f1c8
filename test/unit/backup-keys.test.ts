import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LEFT_OUT } from "../../src/backup/layout.ts";

/** Of each table with something in it that may open or let in: why a backup has it. One that is new has to be thought of here. */
const KEPT = {
  Secret: "the owner's keys: without them it is another person",
  Guest: "links of guests go on working",
  Invite: "given to people, and over after a week",
  PersonKey: "certificates, which others have too",
  MessageFile: "files that are offered can be fetched later",
  SealedLetter: "came, and waits to be opened: not readable without the keys that are left out",
};

const schema = readFileSync("prisma/schema.prisma", "utf8");
const models = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)];

test("each table with keys or tokens is left out of backups, or in them for a reason", () => {
  const keyed = models.filter(([, , fields = ""]) => /^ {2}(\w+ +Bytes|(hash|token|secret) )/m.test(fields));
  const names = keyed.map(([, name]) => name);
  expect(names.sort()).toEqual([...Object.keys(KEPT), ...LEFT_OUT].sort());
});
