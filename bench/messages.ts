import { performance } from "node:perf_hooks";
import { sortKeyOf, systemRandom } from "../src/lib/ids.ts";
import { readLetter, writtenLetter } from "../src/social/messages/check-letter.ts";
import { conversationOf, type Letter } from "../src/social/messages/letter.ts";
import { open } from "../src/social/messages/pgp/open.ts";
import {
  certificateOf,
  fingerprintOf,
  makeKey,
  makeSubkey,
  type OwnKeys,
} from "../src/social/messages/pgp/own-key.ts";
import { seal } from "../src/social/messages/pgp/seal.ts";
import { messagesWith } from "../src/social/messages/thread.ts";
import { writeMessage } from "../src/social/messages/write.ts";
import { savePerson } from "../src/social/people/save-person.ts";
import { type House, openHouse } from "../test/support/api-house.ts";
import { median, summary } from "./lib/numbers.ts";
import { atMost, type Bench, type Row } from "./lib/report.ts";

const STORED = 100_000;
const AT_ONCE = 500;
const PEOPLE = 100;
const ROUNDS = 200;
const WARM_UP = 20;
const SHOWN = 100;
const SEND_MS = 50;
const SHOW_MS = 500;
const TEXT = "x".repeat(1_024);

/** 100,000 messages, shared out among a hundred people. */
async function fill(house: House): Promise<string[]> {
  const { acting } = house;
  const people: string[] = [];
  await acting.transact(async (tx) => {
    for (let n = 0; n < PEOPLE; n += 1) {
      const uri = `http://host${n}.example/people/p`;
      const nothing = {
        aboutHtml: "",
        url: "",
        sharedInbox: "",
        followersUri: "",
        outboxUri: "",
        featuredUri: "",
        pictureUrl: "",
      };
      const card = {
        uri,
        handle: "p",
        host: `host${n}.example`,
        name: `Person ${n}`,
        inbox: `${uri}/inbox`,
        ...nothing,
      };
      const knows = { approves: true, automated: false, friendly: true, keyUri: `${uri}/openpgp` };
      people.push(await savePerson(tx, { ...card, ...knows }, acting.now()));
    }
  });
  const begins = acting.now() - STORED * 1_000;
  for (let n = 0; n < STORED; n += AT_ONCE)
    await acting.transact(async (tx) => {
      const data = Array.from({ length: AT_ONCE }, (_, one) => {
        const at = begins + (n + one) * 1_000;
        const id = systemRandom(16).toString("hex");
        const time = new Date(at);
        const personId = people[one % PEOPLE] ?? "";
        return {
          id,
          personId,
          own: Math.floor(one / PEOPLE) % 2 === 0,
          text: TEXT,
          sortKey: sortKeyOf(at, id),
          at: time,
          receivedAt: time,
        };
      });
      await tx.message.createMany({ data });
    });
  return people;
}

async function sending(house: House, people: string[]): Promise<Row> {
  const { acting } = house;
  const times: number[] = [];
  const plain: number[] = [];
  for (let n = 0; n < ROUNDS + WARM_UP; n += 1) {
    const personId = people[n % PEOPLE] ?? "";
    const begun = performance.now();
    await acting.transact((tx) =>
      writeMessage(tx, acting.me, { personId, text: TEXT, replyToId: "" }, acting.now(), systemRandom),
    );
    const between = performance.now();
    await acting.transact((tx) =>
      tx.setting.upsert({
        where: { key: "bench" },
        create: { key: "bench", value: TEXT + n },
        update: { value: TEXT + n },
      }),
    );
    if (n >= WARM_UP) times.push(between - begun);
    if (n >= WARM_UP) plain.push(performance.now() - between);
  }
  const found = summary(times);
  const p95 = times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0;
  return {
    what: `a message of 1 KB, from press to stored, ${STORED.toLocaleString("en")} messages there: p95 ${p95.toFixed(1)} ms`,
    unit: "ms",
    ...found,
    baseline: { what: "one row of 1 KB", value: median(plain) },
    target: atMost(p95, SEND_MS, `p95 under ${SEND_MS} ms`),
  };
}

async function showing(house: House, people: string[]): Promise<Row[]> {
  const { acting } = house;
  const now = acting.now();
  const made = async (name: string): Promise<OwnKeys> => {
    const key = await makeKey(`${name}@host.example`, now);
    return { key, subkeys: [await makeSubkey(key, now), await makeSubkey(key, now + 7 * 86_400_000)] };
  };
  const [one, other] = [await made("one"), await made("other")];
  const [from, to] = ["http://a.example/people/one", "http://b.example/people/other"];
  const keys = { fromKey: await fingerprintOf(one.key), toKey: await fingerprintOf(other.key) };
  const letters = Array.from({ length: SHOWN }, (_, n): Letter => {
    const content = { kind: "text" as const, text: TEXT, replyTo: "", vanish: 0 };
    const id = systemRandom(16).toString("hex");
    return {
      v: 1,
      id,
      from,
      to,
      ...keys,
      conv: conversationOf(from, to),
      seq: n + 1,
      prev: "",
      published: now,
      content,
    };
  });
  const theirs = await certificateOf(other);
  const mine = await certificateOf(one);
  const sealing: number[] = [];
  const sealed: Uint8Array[] = [];
  for (const letter of letters) {
    const begun = performance.now();
    sealed.push(await seal(writtenLetter(letter), { own: one, theirs, now }));
    sealing.push(performance.now() - begun);
  }
  const cpu: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const before = process.cpuUsage();
    for (const bytes of sealed) {
      const opened = await open(bytes, { own: other, theirs: mine, at: now });
      if ("refused" in opened || readLetter(opened.text) === null) throw new Error("not opened");
    }
    await messagesWith(acting.read, people[0] ?? "", { limit: 80 }, now);
    const { user, system } = process.cpuUsage(before);
    if (round > 0) cpu.push((user + system) / 1_000);
  }
  const found = summary(cpu);
  return [
    { what: "sealing a letter of 1 KB", unit: "ms", ...summary(sealing.slice(WARM_UP)) },
    {
      what: `opening ${SHOWN} letters and reading a page of a conversation: CPU`,
      unit: "ms",
      ...found,
      target: atMost(found.median, SHOW_MS, `under ${SHOW_MS} ms`),
    },
  ];
}

export const bench: Bench = {
  title: "Messages",
  async run(say) {
    await using house = await openHouse("Bench");
    const people = await fill(house);
    say(`${STORED.toLocaleString("en")} messages are there`);
    const rows = [await sending(house, people)];
    say("messages are written");
    rows.push(...(await showing(house, people)));
    return {
      how: `An encrypted store with ${STORED.toLocaleString("en")} messages of 1 KB with ${PEOPLE} people. A message is stored when its transaction is committed; it is sealed later, when it goes out.`,
      rows,
    };
  },
};
