import { performance } from "node:perf_hooks";
import { systemRandom } from "../src/lib/ids.ts";
import { may, type PersonViewer } from "../src/social/access.ts";
import { makeAudience } from "../src/social/audiences/make.ts";
import { addMembers } from "../src/social/audiences/queries.ts";
import { savePerson } from "../src/social/people/save-person.ts";
import { publish } from "../src/social/posts/publish.ts";
import { addresseesOf, postRowsWhere } from "../src/social/posts/queries.ts";
import { thingIn } from "../src/social/posts/thing.ts";
import { postsOf } from "../src/social/posts/timelines.ts";
import { viewersOf } from "../src/social/viewer.ts";
import { type House, openHouse } from "../test/support/api-house.ts";
import { median, summary } from "./lib/numbers.ts";
import { atMost, type Bench, type Row } from "./lib/report.ts";

const PEOPLE = 2_000;
const AUDIENCES = 50;
const A_PAGE = 40;
const MANY = 1_000;
const ROUNDS = 60;
const WARM_UP = 15;
const LOOKS = 4_000;
const MICROSECONDS = 20;
const TIMES = 1.5;

type Filled = { house: House; people: string[]; audiences: string[]; one: string; many: string };

/** 2,000 people, each in three of 50 audiences; one audience of one person, and one of 1,000. */
async function fill(): Promise<Filled> {
  const house = await openHouse("Bench");
  const { acting } = house;
  const people: string[] = [];
  await acting.transact(async (tx) => {
    for (let n = 0; n < PEOPLE; n += 1) {
      const host = `host${n}.example`;
      const uri = `http://${host}/people/p`;
      const card = {
        ...{ uri, handle: "p", host, name: `Person ${n}`, aboutHtml: "", url: "", inbox: `${uri}/inbox` },
        ...{
          sharedInbox: "",
          featuredUri: "",
          followersUri: `${uri}/followers`,
          outboxUri: "",
          pictureUrl: "",
        },
        ...{ approves: true, automated: false },
      };
      people.push(await savePerson(tx, card, acting.now()));
    }
  });
  const made = (name: string) => acting.transact((tx) => makeAudience(tx, name, acting.now(), systemRandom));
  const put = (id: string, some: string[]) => acting.transact((tx) => addMembers(tx, id, some, acting.now()));
  const audiences: string[] = [];
  for (let n = 0; n < AUDIENCES - 2; n += 1) {
    const id = await made(`Audience ${n}`);
    await put(
      id,
      people.filter((_, at) => [0, 7, 19].some((step) => (at + step) % (AUDIENCES - 2) === n)),
    );
    audiences.push(id);
  }
  const [one, many] = [await made("One"), await made("Many")];
  await put(one, people.slice(0, 1));
  await put(many, people.slice(0, MANY));
  return { house, people, audiences: [...audiences, one, many], one, many };
}

async function looking({ house, people, audiences }: Filled): Promise<Row[]> {
  const { acting } = house;
  for (let n = 0; n < A_PAGE * 2; n += 1) {
    const pick = (at: number) => audiences[(n * 7 + at) % (AUDIENCES - 2)] ?? "";
    const draft = {
      reach: "chosen" as const,
      audiences: [pick(0), pick(1)],
      without: [pick(2), people[n] ?? ""],
    };
    await acting.transact((tx) =>
      publish(tx, acting.me, { text: `Post ${n}`, ...draft }, acting.now(), systemRandom),
    );
  }
  const rows = await postRowsWhere(acting.read, { own: true }, { limit: A_PAGE });
  const named = await addresseesOf(
    acting.read,
    rows.map(({ id }) => id),
  );
  const things = rows.map((row) =>
    thingIn(
      row,
      named.filter(({ postId }) => postId === row.id).map(({ personId }) => personId),
    ),
  );
  const viewers = await viewersOf(acting.read, acting.me.ownerId, people.slice(0, 200));
  const each: number[] = [];
  let seen = 0;
  for (let n = 0; n < LOOKS; n += 1) {
    const viewer = viewers[n % viewers.length] as PersonViewer;
    const begun = performance.now();
    for (const thing of things) if (may(viewer, "see", thing)) seen += 1;
    each.push(((performance.now() - begun) * 1_000) / things.length);
  }
  if (seen === 0) throw new Error("nobody sees anything");
  const found = summary(each.slice(LOOKS / 4));
  const plain: number[] = [];
  const page: number[] = [];
  const stranger = { kind: "stranger" as const };
  for (let n = 0; n < ROUNDS + WARM_UP; n += 1) {
    for (const [times, viewer] of [
      [plain, stranger],
      [page, viewers[n % viewers.length] ?? stranger],
    ] as const) {
      const begun = performance.now();
      await postsOf(acting.read, acting.me, acting.me.ownerId, viewer, { limit: A_PAGE });
      if (n >= WARM_UP) times.push(performance.now() - begun);
    }
  }
  return [
    {
      what: `may, for one of ${A_PAGE} posts`,
      unit: "µs",
      ...found,
      target: atMost(found.median, MICROSECONDS, `at most ${MICROSECONDS} µs`),
    },
    {
      what: "a page of posts for somebody in three audiences",
      unit: "ms",
      ...summary(page),
      baseline: { what: "for a stranger, who sees none", value: median(plain) },
    },
  ];
}

async function saving({ house, one, many }: Filled): Promise<Row> {
  const { acting } = house;
  const times: { one: number[]; many: number[] } = { one: [], many: [] };
  for (let n = 0; n < ROUNDS + WARM_UP; n += 1)
    for (const [which, audience] of [
      ["one", one],
      ["many", many],
    ] as const) {
      const begun = performance.now();
      await acting.transact((tx) =>
        publish(
          tx,
          acting.me,
          { text: `Hello ${n}`, reach: "chosen", audiences: [audience] },
          acting.now(),
          systemRandom,
        ),
      );
      if (n >= WARM_UP) times[which].push(performance.now() - begun);
    }
  const found = summary(times.many);
  const baseline = { what: "a post to an audience of one", value: median(times.one) };
  const ratio = found.median / baseline.value;
  return {
    what: `saving a post to an audience of ${MANY.toLocaleString("en")}`,
    unit: "ms",
    ...found,
    baseline,
    target: atMost(ratio, TIMES, `at most ${TIMES}× a post to one`),
  };
}

export const bench: Bench = {
  title: "Audiences",
  async run(say) {
    const filled = await fill();
    await using _house = filled.house;
    say("2,000 people are in 50 audiences");
    const rows = await looking(filled);
    say("pages are looked at");
    rows.push(await saving(filled));
    return {
      how: `An encrypted store with ${PEOPLE.toLocaleString("en")} people in ${AUDIENCES} audiences. Who may see is worked out for ${A_PAGE} posts that are for two audiences without a third and without one person; a page is read with all that is on it. A post is saved when its transaction is committed.`,
      rows,
    };
  },
};
