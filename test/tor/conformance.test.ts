import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { testActor } from "../support/conformance/tool.ts";
import { type Person, startPerson } from "../support/person.ts";
import { createTorNode, type TorNode } from "../support/tor-node.ts";

let folder: string;
let alice: Person;
let stranger: TorNode;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-conformance-"));
  const torrc = inject("clientTorrc");
  alice = await startPerson({ name: "Alice", folder, torrc });
  stranger = await createTorNode({ torrc });
  await stranger.tor.start();
  await alice.event("reachable");
  await alice.api("POST", "/api/v1/statuses", { status: "For everyone", visibility: "public" });
});

afterAll(async () => {
  await stranger?.[Symbol.asyncDispose]();
  await alice?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("activitypub-testing finds nothing to object to in a running actor", async () => {
  const findings = await testActor(`http://${alice.onion}/people/alice`, stranger.torFetch.fetch);
  const having = (outcome: string) =>
    findings.filter((one) => one.outcome === outcome).map(({ slug }) => slug);
  expect(findings.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  // Publishing by POST to the outbox is ActivityPub's client side, which is not offered here.
  expect(having("cantTell")).toEqual(["outbox-post-servers-must-return-a-201-created-http-code"]);
  expect(having("passed")).toContain("outbox-must-be-an-orderedcollection");
  expect(having("passed").length + having("inapplicable").length + 1).toBe(findings.length);
  expect(having("passed").length).toBeGreaterThan(4);
});
