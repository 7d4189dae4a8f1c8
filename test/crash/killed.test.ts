import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CrashNode, type Life, live, post, setUpNode, timeline } from "../support/crash/node.ts";
import { cyclesOf, moment, report } from "../support/crash/report.ts";
import { addressOf, createWorld, type World } from "../support/crash/world.ts";
import { until } from "../support/person.ts";

/** For what waits after the last start; only what is lost takes as long. Milliseconds. */
const LONGEST = 10 * 60_000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tssop-crash-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Does the work until the process is killed under it. Returns what the work says of each part that was acknowledged. */
async function killedDuring(
  life: Life,
  milliseconds: number,
  work: (n: number) => Promise<void>,
): Promise<void> {
  let killed = false;
  const working = (async () => {
    for (let n = 0; !killed; n++) await work(n);
  })().catch((error: unknown) => {
    if (!killed) throw error;
  });
  const watched = Promise.race([working, pause(milliseconds)]);
  await watched;
  killed = true;
  await life.kill();
  await working;
}

test("killed while posting: every post that was taken is there, once", async () => {
  const node = await setUpNode(folder, "Nora");
  const cycles = cyclesOf(40);
  const taken: string[] = [];
  for (let cycle = 0; cycle < cycles; cycle++) {
    const life = await live(node);
    await killedDuring(life, moment(cycle, 600), async (n) => {
      await post(life, `cycle ${cycle} number ${n}.`);
      taken.push(`cycle ${cycle} number ${n}.`);
    });
  }
  const life = await live(node);
  const lost = missing(taken, await timeline(life));
  await life.stop();
  report({ what: "posting", killed: true, cycles, acknowledged: taken.length, lost: lost.length, note: "" });
  expect(lost).toEqual([]);
  expect(taken.length).toBeGreaterThan(0);
});

/** Those that are not there exactly once. */
function missing(texts: string[], there: { content: string }[]): string[] {
  const whole = there.map(({ content }) => content);
  return texts.filter((text) => whole.filter((content) => content.includes(text)).length !== 1);
}

type Met = { node: CrashNode; world: World; onion: string; uri: string };

/** A node and a peer that subscribe to each other. */
async function met(world: World): Promise<Met> {
  const node = await setUpNode(folder, "Nora");
  const first = await live(node, { TSSOP_TOR: world.tor });
  const { onion, uri } = await addressOf(first);
  world.knows(onion, node);
  await first.stop();
  const life = await live(node, { TSSOP_TOR: world.tor });
  await until("the node is published", async () => life.printed().includes('"published"'));
  const { peer } = world;
  const search = `/api/v2/search?resolve=true&type=accounts&q=${encodeURIComponent(peer.uri)}`;
  const found = await life.api<{ accounts: { id: string }[] }>("GET", search);
  const id = found.accounts[0]?.id ?? "";
  await life.api("POST", `/api/v1/accounts/${id}/follow`);
  const followed = await until("the Follow arrives", async () =>
    peer.received.find(({ activity }) => activity["type"] === "Follow"),
  );
  const act = (type: string, object: unknown) => ({
    "@context": "https://www.w3.org/ns/activitystreams",
    id: `${peer.origin}/acts/${type}`,
    type,
    actor: peer.uri,
    object,
    to: uri,
  });
  expect(await world.send(node, onion, act("Accept", followed.activity))).toBe(202);
  expect(await world.send(node, onion, act("Follow", uri))).toBe(202);
  await until("the request is there", async () => {
    const asked = await life.api<{ id: string }[]>("GET", "/api/v1/follow_requests");
    return asked.length > 0 && life.api("POST", `/api/v1/follow_requests/${asked[0]?.id}/authorize`);
  });
  await until("the answer arrives", async () =>
    peer.received.some(({ activity }) => activity["type"] === "Accept"),
  );
  await life.stop();
  return { node, world, onion, uri };
}

test("killed while receiving: every post that was answered 202 is there, once, also when it is sent again", async () => {
  await using world = await createWorld(folder);
  const { node, onion, uri } = await met(world);
  const { peer } = world;
  const cycles = cyclesOf(40);
  const taken: string[] = [];
  const create = (text: string) => {
    const id = `${peer.origin}/notes/${text.replaceAll(/\W+/g, "-")}`;
    const note = {
      id,
      type: "Note",
      attributedTo: peer.uri,
      content: `<p>${text}</p>`,
      to: [`${peer.uri}/followers`],
      cc: uri,
    };
    return {
      "@context": "https://www.w3.org/ns/activitystreams",
      id: `${id}/create`,
      type: "Create",
      actor: peer.uri,
      object: note,
      to: note.to,
    };
  };
  let unanswered = "";
  let again = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const life = await live(node, { TSSOP_TOR: world.tor });
    await until("the node is published", async () => life.printed().includes('"published"'));
    if (unanswered !== "") {
      expect(await world.send(node, onion, create(unanswered))).toBe(202);
      taken.push(unanswered);
      again++;
    }
    await killedDuring(life, moment(cycle, 700), async (n) => {
      const text = `letter ${cycle} number ${n}.`;
      unanswered = text;
      if ((await world.send(node, onion, create(text))) !== 202) throw new Error("not taken");
      taken.push(text);
      unanswered = "";
    });
  }
  const life = await live(node);
  const lost = missing(taken, await timeline(life));
  await life.stop();
  report({
    what: "receiving",
    killed: true,
    cycles,
    acknowledged: taken.length,
    lost: lost.length,
    note: `${again} were sent again after the kill`,
  });
  expect(lost).toEqual([]);
});

test("killed while delivering: every post that was taken reaches the subscriber, and is one activity there", async () => {
  await using world = await createWorld(folder);
  const { node } = await met(world);
  const { peer } = world;
  // Most kills fall between the arrival there and the answer here.
  world.answerAfter(30);
  const cycles = cyclesOf(40);
  const taken: string[] = [];
  const creates = () => peer.received.map(({ activity }) => activity).filter(({ type }) => type === "Create");
  const contentOf = (object: unknown) =>
    typeof object === "object" && object !== null && "content" in object ? String(object.content) : "";
  const here = (text: string) => creates().filter(({ object }) => contentOf(object).includes(text));
  for (let cycle = 0; cycle < cycles; cycle++) {
    const life = await live(node, { TSSOP_TOR: world.tor });
    await until("the node is published", async () => life.printed().includes('"published"'));
    // Posts and their deliveries go on side by side until the end.
    await killedDuring(life, 200 + moment(cycle, 1_300), async (n) => {
      await post(life, `sent ${cycle} number ${n}.`);
      taken.push(`sent ${cycle} number ${n}.`);
    });
  }
  const life = await live(node, { TSSOP_TOR: world.tor });
  const waiting = taken.filter((text) => here(text).length === 0).length;
  world.answerAfter(0);
  const late = until("everything arrived", async () => taken.every((text) => here(text).length > 0), LONGEST);
  await late.catch(() => {});
  await life.stop();
  const lost = taken.filter((text) => here(text).length === 0);
  const twice = taken.filter((text) => here(text).length > 1);
  const torn = taken.filter((text) => new Set(here(text).map(({ id }) => id)).size > 1);
  report({
    what: "delivering",
    killed: true,
    cycles,
    acknowledged: taken.length,
    lost: lost.length,
    note: `${waiting} waited for the last start, ${twice.length} arrived more than once, under the same id`,
  });
  expect({ lost, torn }).toEqual({ lost: [], torn: [] });
});
