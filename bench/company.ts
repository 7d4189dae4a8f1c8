import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Person, startPerson } from "../test/support/person.ts";
import { arrives, post, subscribe } from "../test/support/scenario.ts";
import { clientTorrc } from "./lib/client-torrc.ts";
import { median, summary } from "./lib/numbers.ts";
import { openOnionPeers } from "./lib/onion-peers.ts";
import type { Bench, Row } from "./lib/report.ts";

const PEOPLE = 8;
const STAND_INS = 50;
const POSTS = 3;

type Request = { id: string; acct: string };

async function startPeople(folder: string): Promise<Person[]> {
  const people: Person[] = [];
  // One after the other: two processors cannot make eight people's keys at once.
  for (let n = 0; n < PEOPLE; n += 1) {
    people.push(await startPerson({ name: `Person${n}`, folder, torrc: clientTorrc() }));
  }
  await Promise.all(people.map((person) => person.event("reachable")));
  return people;
}

/** Lets in everybody who asks, until so many were let in. */
async function letIn(host: Person, count: number): Promise<void> {
  let done = 0;
  while (done < count) {
    for (const { id } of await host.api<Request[]>("GET", "/api/v1/follow_requests?limit=80")) {
      await host.api("POST", `/api/v1/follow_requests/${id}/authorize`);
      done += 1;
    }
  }
}

export const bench: Bench = {
  title: "One post to everybody, over Tor",
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), "tssop-company-"));
    await using stack = new AsyncDisposableStack();
    stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const people = await startPeople(folder);
    stack.defer(async () => {
      await Promise.all(people.map((person) => person.stop()));
    });
    const [alice, ...readers] = people;
    if (alice === undefined) throw new Error("nobody is there");
    say(`${PEOPLE} people can be reached`);
    for (const reader of readers) await subscribe(reader, alice, () => {});
    say(`${readers.length} of them are subscribed to the first`);
    const standIns = stack.use(await openOnionPeers({ torrc: clientTorrc(), count: STAND_INS }));
    say(`${STAND_INS} stand-ins have published their addresses`);
    await Promise.all([standIns.ask(alice), letIn(alice, STAND_INS)]);
    await standIns.letIn();
    say("all of them are subscribed");

    const [toPeople, toStandIns, last]: number[][] = [[], [], []];
    for (let n = 0; n < POSTS; n += 1) {
      const words = `kettle number ${n}`;
      const began = Date.now();
      const atStandIns = standIns.got(words);
      await post(alice, words);
      const times = await Promise.all(
        readers.map((reader) => arrives(reader, words).then(() => Date.now() - began)),
      );
      const others = (await atStandIns).map((at) => at - began);
      toPeople?.push(...times);
      toStandIns?.push(...others);
      last?.push(Math.max(...times, ...others));
      say(
        `post ${n + 1} of ${POSTS}: the last one has it after ${((last?.at(-1) ?? 0) / 1000).toFixed(1)} s`,
      );
    }
    return report(toPeople ?? [], toStandIns ?? [], last ?? []);
  },
};

function report(toPeople: number[], toStandIns: number[], last: number[]) {
  const seconds = (times: number[]) => summary(times.map((time) => time / 1000));
  const first = { what: "to the quickest", value: Math.min(...toPeople, ...toStandIns) / 1000 };
  const rows: Row[] = [
    { what: "until a person's timeline shows it", unit: "s", ...seconds(toPeople), baseline: first },
    { what: "until a stand-in has it", unit: "s", ...seconds(toStandIns), baseline: first },
    {
      what: "until the last of them has it",
      unit: "s",
      ...seconds(last),
      baseline: { what: "a person, median", value: median(toPeople) / 1000 },
    },
  ];
  return {
    how: `${PEOPLE} whole nodes, each with a tor of its own, and ${STAND_INS} peers made by hand behind onion addresses of one tor, on a private Tor network of five relays on this computer: ${POSTS} posts of one person to the ${PEOPLE + STAND_INS - 1} others. A timeline is looked at every 150 ms.`,
    rows,
  };
}
