import { idOf } from "../src/lib/ids.ts";
import type { Acting } from "../src/social/acting.ts";
import { receivePost } from "../src/social/posts/receive-post.ts";
import { A_PAGE, thread } from "../src/social/posts/thread.ts";
import { theOwner } from "../src/social/viewer.ts";
import { ownerBrowser } from "../test/support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../test/support/owner-desk.ts";
import { median, summary, timed } from "./lib/numbers.ts";
import { atMost, type Bench, type Row } from "./lib/report.ts";

const FEW = 20;
const MANY = 2_000;
const PEOPLE = 40;
const ROUNDS = 60;
const WARM_UP = 15;
const TIMES = 2;
const A_TRANSACTION = 200;

type Shape = { name: string; parentOf: (n: number) => number };

/** How people answer: all of them the first post, one the other, or somewhere among those before. */
const shapes: Shape[] = [
  { name: "all to the first post", parentOf: () => 0 },
  { name: "each to the one before", parentOf: (n) => n - 1 },
  { name: "here and there", parentOf: (n) => (n % 3 === 0 ? 0 : n - 1 - ((n * 31) % Math.min(n, 20))) },
];

/** A thread of so many answers; the key of its first post. */
async function fill(acting: Acting, people: string[], shape: Shape, answers: number): Promise<string> {
  const uriOf = (n: number) => `http://bench.example/${idOf(shape.name)}/${answers}/${n}`;
  const begun = acting.now() - 10_000_000;
  for (let from = 0; from <= answers; from += A_TRANSACTION)
    await acting.transact(async (tx) => {
      for (let n = from; n <= Math.min(answers, from + A_TRANSACTION - 1); n += 1) {
        const card = {
          ...{ uri: uriOf(n), authorId: people[n % PEOPLE] ?? "", kind: "note", title: "", warning: "" },
          ...{ html: `<p>Answer ${n}: the kettle is on, so come in when you like.</p>`, language: "en" },
          ...{ url: "", reach: "everyone" as const, publishedAt: begun + n * 1_000, editedAt: 0 },
          ...{ replyToUri: n === 0 ? "" : uriOf(shape.parentOf(n)), mentions: [], to: [acting.me.ownerId] },
        };
        await receivePost(tx, acting.me, card, acting.now());
      }
    });
  const first = await acting.read.post.findUniqueOrThrow({ where: { id: idOf(uriOf(0)) } });
  return first.sortKey;
}

/** Where a page in the middle begins; where replies go too deep for one page, the last one before that. */
async function middleOf({ acting }: OwnerDesk, sortKey: string): Promise<string> {
  const row = await acting.read.post.findFirstOrThrow({ where: { sortKey } });
  let from = "";
  for (let pages = 0; pages < MANY / A_PAGE.below / 2; pages += 1) {
    const page = await thread(acting.read, acting.me, row.id, theOwner, { from });
    if (page === null || page.more === null) break;
    from = page.more;
  }
  return from;
}

async function measure(desk: OwnerDesk, people: string[], shape: Shape): Promise<Row[]> {
  const few = await fill(desk.acting, people, shape, FEW);
  const many = await fill(desk.acting, people, shape, MANY);
  const middle = await middleOf(desk, many);
  const browser = ownerBrowser(desk);
  await browser.enter();
  const paths = [`/posts/${few}`, `/posts/${many}`, `/posts/${many}?after=${middle}`];
  const times = new Map(paths.map((path): [string, number[]] => [path, []]));
  const get = async (path: string) => {
    const { status, text } = await browser.get(path);
    if (status !== 200 || text.split("<article").length < FEW / 2) throw new Error(`${path}: ${status}`);
  };
  // In turns, so that whatever else the computer does meets all of them.
  for (let n = 0; n < ROUNDS + WARM_UP; n += 1)
    for (const path of paths) {
      const [took = 0] = await timed(1, () => get(path));
      if (n >= WARM_UP) times.get(path)?.push(took);
    }
  const baseline = { what: `a thread of ${FEW}`, value: median(times.get(paths[0] ?? "") ?? []) };
  return paths.slice(1).map((path, at): Row => {
    const found = summary(times.get(path) ?? []);
    const ratio = found.median / baseline.value;
    return {
      what: `${MANY.toLocaleString("en")} replies, ${shape.name}: ${at === 0 ? "the first page" : "a page in the middle"}`,
      unit: "ms",
      ...found,
      baseline,
      target: atMost(ratio, TIMES, `at most ${TIMES}× a thread of ${FEW}`),
    };
  });
}

export const bench: Bench = {
  title: "A thread of 2,000 replies",
  async run(say) {
    await using desk = await openOwnerDesk();
    const people: string[] = [];
    for (let n = 0; n < PEOPLE; n += 1)
      people.push((await desk.house.meet(`person${n}`, `host${n}.example`)).id);
    const rows: Row[] = [];
    for (const shape of shapes) {
      rows.push(...(await measure(desk, people, shape)));
      say(`replies ${shape.name} are done`);
    }
    return {
      how: `The owner's page of a thread over HTTP on loopback, with ${FEW} replies and with ${MANY.toLocaleString("en")}, asked for in turns. A page shows ${A_PAGE.below} replies, and those before it and after it are a link away.`,
      rows,
    };
  },
};
