import { thread } from "../src/social/posts/thread.ts";
import { homeTimeline } from "../src/social/posts/timelines.ts";
import { theOwner } from "../src/social/viewer.ts";
import { ownerBrowser } from "../test/support/owner-browser.ts";
import { openOwnerDesk } from "../test/support/owner-desk.ts";
import { createFilledStore, type FilledStore, placesIn } from "./lib/filled-store.ts";
import { median, quantile, summary, timed } from "./lib/numbers.ts";
import { rawPages } from "./lib/raw-pages.ts";
import { atMost, type Bench, type Extra, figure, type Row } from "./lib/report.ts";

const FIRST = 1_000;
const SIZES = [FIRST, 100_000, 1_000_000];
const QUERIES = 120;
const PAGES = 60;
const WARM_UP = 15;
const A_PAGE = 20;
const TIMES = 3;

type What = "home" | "thread";
type Way = "query" | "page" | "raw";
/** Milliseconds of every time it was asked, by what and how. */
type Times = Record<What, Record<Way, number[]>>;

const names: Record<What, string> = { home: "home timeline", thread: "thread" };

/** A quarter of the places are the newest, as people read; the others lie anywhere. */
async function measure(store: FilledStore, posts: number): Promise<Times> {
  const places = placesIn(posts, QUERIES + WARM_UP);
  const place = (n: number) => places[n] ?? { id: "", sortKey: "" };
  const rounds = async (count: number, work: (n: number) => unknown) => {
    const times = await timed(count + WARM_UP, work);
    return times.slice(WARM_UP);
  };
  const cursor = (n: number) => (n % 4 === 0 ? null : place(n).sortKey);

  const db = store.openRaw();
  const raw = rawPages(db);
  const rawHome = await rounds(QUERIES, (n) => some(raw.home(cursor(n), A_PAGE)));
  const rawThread = await rounds(QUERIES, (n) => some(raw.thread(place(n).id)));
  db.close();

  await using open = await store.open();
  const { me } = store;
  const home = await rounds(QUERIES, async (n) => {
    const before = cursor(n);
    const page = { limit: A_PAGE, ...(before === null ? {} : { before }) };
    some((await homeTimeline(open.read, me, page)).items.length);
  });
  const threads = await rounds(QUERIES, async (n) => {
    some((await thread(open.read, me, place(n).id, theOwner)) === null ? 0 : 1);
  });

  await using desk = await openOwnerDesk();
  Object.assign(desk.acting, { me, read: open.read, transact: open.transact });
  const browser = ownerBrowser(desk);
  await browser.enter();
  const get = async (path: string) => {
    const { status, text } = await browser.get(path);
    if (status !== 200 || !text.includes("<article"))
      throw new Error(`${path} answered ${status} without a post`);
  };
  const homePage = await rounds(PAGES, (n) => get(n % 4 === 0 ? "/" : `/?before=${place(n).sortKey}`));
  const threadPage = await rounds(PAGES, (n) => get(`/posts/${place(n).sortKey}`));
  return {
    home: { query: home, page: homePage, raw: rawHome },
    thread: { query: threads, page: threadPage, raw: rawThread },
  };
}

function some(found: number): void {
  if (found === 0) throw new Error("nothing was found");
}

function rowsOf(posts: number, times: Times): Row[] {
  return (["home", "thread"] as const).flatMap((what): Row[] => {
    const baseline = { what: "raw SQL", value: median(times[what].raw) };
    const query = summary(times[what].query);
    const ratio = query.median / baseline.value;
    const label = `${names[what]}, ${posts.toLocaleString("en")} posts`;
    return [
      {
        what: `${label}: query`,
        unit: "ms",
        ...query,
        baseline,
        target: atMost(ratio, TIMES, "at most 3× raw SQL"),
      },
      { what: `${label}: whole page over HTTP`, unit: "ms", ...summary(times[what].page), baseline },
    ];
  });
}

/** How much slower the slow ones become while the store grows. */
function growth(all: Map<number, Times>): Row[] {
  const [smallest] = [...all.values()];
  const largest = [...all.values()].at(-1);
  if (smallest === undefined || largest === undefined) return [];
  return (["home", "thread"] as const).flatMap((what) =>
    (["query", "page"] as const).map((way): Row => {
      const value = quantile(largest[what][way], 0.95) / quantile(smallest[what][way], 0.95);
      return {
        what: `${names[what]}, ${way}: p95 of the largest store by p95 of the smallest`,
        unit: "times",
        ...{ median: value, low: value, high: value, runs: 1 },
        target: atMost(value, TIMES, "at most 3×"),
      };
    }),
  );
}

function percentiles(all: Map<number, Times>): Extra {
  const lines = [...all].flatMap(([posts, times]) =>
    (["home", "thread"] as const).flatMap((what) =>
      (["raw", "query", "page"] as const).map((way) => {
        const at = (part: number) => figure(quantile(times[what][way], part));
        return [posts.toLocaleString("en"), names[what], way, at(0.5), at(0.95), at(1)];
      }),
    ),
  );
  return {
    title: "Percentiles, in milliseconds",
    head: ["Posts", "What", "How", "p50", "p95", "Slowest"],
    lines,
  };
}

export const bench: Bench = {
  title: "The timeline and a thread, by number of posts",
  async run(say) {
    using store = await createFilledStore();
    const all = new Map<number, Times>();
    // Once for nothing: code that was never run before is slow, and would make the smallest store look slow.
    store.fill(FIRST);
    await measure(store, FIRST);
    for (const posts of SIZES) {
      const began = performance.now();
      store.fill(posts);
      say(`${posts.toLocaleString("en")} posts are there (${figure((performance.now() - began) / 1000)} s)`);
      all.set(posts, await measure(store, posts));
    }
    return {
      how: "One encrypted store that grows, with 300 people; one post in three is an answer. Each query and page is asked for at places all over the store, every fourth at its newest end. Raw SQL reads the same rows from the same file by prepared statements. The page is the owner's, over HTTP on loopback, with the query in it.",
      rows: [...[...all].flatMap(([posts, times]) => rowsOf(posts, times)), ...growth(all)],
      extras: [percentiles(all)],
    };
  },
};
