import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PostCard } from "../../../src/social/posts/post.ts";
import { type Coming, receivePost } from "../../../src/social/posts/receive-post.ts";
import { aliceAndBob, type Owner, postCardOf } from "../../support/people.ts";

let alice: Owner;
let bob: string;
beforeEach(async () => {
  ({ alice, bob } = await aliceAndBob());
});
afterEach(() => alice[Symbol.asyncDispose]());

async function comes(authorId: string, coming: Coming, values: Partial<PostCard> = {}): Promise<string> {
  const card = { ...postCardOf("http://x.example/posts/late", authorId), ...values };
  return alice.act((tx, now) => receivePost(tx, alice.me, { ...card, publishedAt: now }, now, coming));
}
const notices = async () =>
  (await alice.store.read.notice.findMany({ where: { postId: { not: "" } } })).map(({ kind }) => kind);
const atHome = () => alice.store.read.post.count({ where: { inHome: true, own: false } });

describe("a post that was found in a thread before its author delivered it", () => {
  test("to the owner is on home and told of, once", async () => {
    const cleo = await alice.meet("Cleo");
    await alice.letIn(cleo);
    const values = { mentions: [alice.me.ownerId] };
    expect(await comes(cleo, "answer", values)).toBe("stored");
    expect([await atHome(), await notices()]).toEqual([0, []]);
    for (let times = 0; times < 2; times++) expect(await comes(cleo, "arrived", values)).toBe("known");
    expect([await atHome(), await notices()]).toEqual([1, ["mention"]]);
  });

  test("by somebody subscribed to is told of too, when it answers the owner", async () => {
    const replyToUri = (await alice.post(await alice.publish({ text: "rain" }))).uri;
    expect(await comes(bob, "answer", { replyToUri })).toBe("stored");
    expect([await atHome(), await notices()]).toEqual([1, []]);
    await comes(bob, "arrived", { replyToUri });
    expect([await atHome(), await notices()]).toEqual([1, ["reply"]]);
  });

  test("is no way around the gate, nor for anybody else", async () => {
    const [zoe, cleo] = [await alice.meet("Zoe"), await alice.meet("Cleo")];
    await alice.letIn(cleo);
    const values = { mentions: [alice.me.ownerId] };
    await comes(zoe, "answer", values);
    for (const authorId of [zoe, cleo]) expect(await comes(authorId, "arrived", values)).toBe("known");
    expect([await atHome(), await notices()]).toEqual([0, []]);
  });
});

test.each(["beside", "sought"] as const)(
  "a stranger's post that was read (%s) and speaks to the owner is here, but neither on home nor told of",
  async (coming) => {
    const zoe = await alice.meet("Zoe");
    const id = "http://x.example/posts/late";
    await alice.hear(bob, { replyToUri: id });
    expect(await comes(zoe, coming, { mentions: [alice.me.ownerId] })).toBe("stored");
    expect([await atHome(), await notices()]).toEqual([1, []]);
  },
);
