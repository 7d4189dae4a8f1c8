import { afterEach, beforeEach, expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { listNotices } from "../../../src/social/notices/list.ts";
import { block } from "../../../src/social/people/block.ts";
import { listReports, removeReport } from "../../../src/social/reports/list-reports.ts";
import { type ReportCard, receiveReport } from "../../../src/social/reports/receive-report.ts";
import { sendReport } from "../../../src/social/reports/send-report.ts";
import { aliceAndBob, type Owner } from "../../support/people.ts";

let alice: Owner;
let bob: string;
let all: AsyncDisposable;
let count = 0;

beforeEach(async () => {
  const both = await aliceAndBob();
  [alice, bob, all] = [both.alice, both.bob, both];
});
afterEach(() => all[Symbol.asyncDispose]());

const arrives = (from: string, card: Partial<ReportCard> = {}) =>
  alice.act((tx, now) =>
    receiveReport(
      tx,
      alice.me,
      from,
      { uri: `http://x.example/${++count}`, words: "look", aboutOwner: true, postUris: [], ...card },
      now,
    ),
  );
const about = () => listReports(alice.store.read, alice.me, false);

test("a report about the owner is kept with the posts that are theirs, once, and said in a notice", async () => {
  const { uri, id } = await alice.post(await alice.publish({ text: "mine" }));
  const theirs = await alice.hear(bob);
  const card = {
    uri: "http://bob.example/1",
    words: "a\r\n\n\n\nb\u202e",
    postUris: [uri, theirs.uri, "nowhere"],
  };
  expect(await arrives(bob, card)).toBe("stored");
  expect(await arrives(bob, card)).toBe("known");
  const [report, ...more] = await about();
  expect(more).toEqual([]);
  expect(report).toMatchObject({ person: { id: bob }, words: "a\n\nb", gone: 0 });
  expect(report?.posts.map((post) => post.id)).toEqual([id]);
  const { items } = await listNotices(alice.store.read, alice.me, { limit: 9 });
  expect(items.filter(({ kind }) => kind === "report")).toHaveLength(1);
  await alice.act((tx) => removeReport(tx, report?.id ?? ""));
  expect(await about()).toEqual([]);
});

test("a report that names nothing of the owner's is not kept", async () => {
  const theirs = await alice.hear(bob);
  expect(await arrives(bob, { aboutOwner: false, postUris: [theirs.uri] })).toBe("ignored");
  expect(await about()).toEqual([]);
});

test("reports fill neither the store nor the page: five of one sender, a hundred in all, 2,000 letters each", async () => {
  expect(await arrives(bob, { words: "x".repeat(9_000) })).toBe("stored");
  expect((await about())[0]?.words).toHaveLength(2_000);
  for (let n = 0; n < 4; n++) await arrives(bob);
  expect(await arrives(bob)).toBe("ignored");
  for (let n = 0; n < 19; n++) {
    const one = await alice.meet(`P${n}`);
    for (let m = 0; m < 5; m++) expect(await arrives(one)).toBe("stored");
  }
  expect(await arrives(await alice.meet("Late"))).toBe("ignored");
  expect(await about()).toHaveLength(100);
});

test("the owner's report goes to the person's own device, with posts of that person only", async () => {
  const own = await alice.post(await alice.publish({ text: "mine" }));
  const theirs = await alice.hear(bob, { html: "<p>bad</p>" });
  const draft = { personId: bob, postUris: [theirs.uri, own.uri], words: " this " };
  await alice.sendAll();
  const reportId = await alice.act((tx, now) => sendReport(tx, alice.me, draft, now, systemRandom));
  expect(await alice.jobs()).toEqual([
    { kind: "report", peer: "bob.example", about: { personId: bob, reportId } },
  ]);
  const [report] = await listReports(alice.store.read, alice.me, true);
  expect(report).toMatchObject({ words: "this", person: { id: bob } });
  expect(report?.posts.map(({ id }) => id)).toEqual([theirs.id]);
  await alice.act((tx, now) => block(tx, bob, now));
  expect(await alice.jobs("report")).toHaveLength(1);
  const long = { ...draft, words: "x".repeat(2_001) };
  await expect(
    alice.act((tx, now) => sendReport(tx, alice.me, long, now, systemRandom)),
  ).rejects.toMatchObject({ code: "text-too-long" });
});
