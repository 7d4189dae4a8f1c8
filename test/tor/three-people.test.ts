import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type Person, startPerson } from "../support/person.ts";
import { arrives, home, post, subscribe, threePeople } from "../support/scenario.ts";

let folder: string;
let people: [Person, Person, Person];
/** Carla is subscribed to Alice; the last test can also run alone. */
let subscribed = false;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-three-"));
  const torrc = inject("clientTorrc");
  const start = async (name: string) => {
    const person = await startPerson({ name, folder, torrc });
    await person.event("reachable");
    return person;
  };
  people = await Promise.all([start("Alice"), start("Bob"), start("Carla")]);
});

afterAll(async () => {
  await Promise.all((people ?? []).map((person) => person.stop()));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("three people subscribe, post, reply and delete over real Tor", async () => {
  const steps: string[] = [];
  await threePeople(people, (step) => steps.push(step));
  expect(steps.at(-1)).toContain("gone");
  subscribed = true;
});

test("a post waits for somebody who is off, and goes there by itself", async () => {
  const [alice, bob] = people;
  await bob.stop();
  await post(alice, "Written while Bob slept.");
  const awake = await bob.again();
  people[1] = awake;
  await arrives(awake, "Written while Bob slept.");
  const copies = (await home(awake)).filter((one) => one.content.includes("Written while Bob slept."));
  expect(copies).toHaveLength(1);
});

test("C4: killed at any moment, no post that was taken is lost and none is shown twice", async () => {
  const [alice, , carla] = people;
  if (!subscribed) await subscribe(carla, alice, () => {});
  const taken: string[] = [];
  let node = alice;
  for (let cycle = 0; cycle < 20; cycle += 1) {
    const posting = (async () => {
      for (let n = 0; n < 200; n += 1) {
        const text = `cycle ${cycle} number ${n}.`;
        await post(node, text);
        taken.push(text);
      }
    })().catch(() => {});
    const before = taken.length;
    await eventually("two are taken", async () => taken.length >= before + 2);
    const moment = (cycle * 97) % 400;
    await new Promise((resolve) => setTimeout(resolve, moment));
    await node.kill("SIGKILL");
    await posting;
    node = await node.again();
  }
  people[0] = node;
  const all = await allPosts(node);
  for (const text of taken) expect(all.filter((content) => content.includes(text))).toHaveLength(1);
  expect(taken.length).toBeGreaterThanOrEqual(40);
  await arrives(carla, taken.at(-1) ?? "");
  const there = await allPosts(carla);
  for (const text of taken)
    expect(there.filter((content) => content.includes(text)).length).toBeLessThanOrEqual(1);
});

async function allPosts(person: Person): Promise<string[]> {
  const out: string[] = [];
  let older = "";
  for (;;) {
    const page = await person.api<{ id: string; content: string }[]>(
      "GET",
      `/api/v1/timelines/home?limit=40${older}`,
    );
    if (page.length === 0) return out;
    out.push(...page.map((one) => one.content));
    older = `&max_id=${page.at(-1)?.id}`;
  }
}
