import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ownRequest } from "../../src/federation/queries.ts";
import { idOf } from "../../src/lib/ids.ts";
import { letIn as letInAtGate } from "../../src/social/gate/let-in.ts";
import { addWelcome } from "../../src/social/gate/queries.ts";
import { blockHost } from "../../src/social/people/block-host.ts";
import { postById } from "../../src/social/posts/find.ts";
import { type Draft, publish } from "../../src/social/posts/publish.ts";
import { allowQuote, declineQuote, revokeQuote } from "../../src/social/quotes/answer.ts";
import { changeQuotable } from "../../src/social/quotes/change-quotable.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";

let fediverse: Fediverse;
let anna: Member;
let ben: Member;
let cleo: Member;

/** Ben subscribes to Anna, and Cleo to Ben: Cleo knows nothing of Anna. */
beforeEach(async () => {
  fediverse = await createFediverse();
  anna = await fediverse.join("Anna");
  ben = await fediverse.join("Ben");
  cleo = await fediverse.join("Cleo");
  await subscribe(ben, anna);
  await subscribe(cleo, ben);
});
afterEach(() => fediverse[Symbol.asyncDispose]());

async function subscribe(who: Member, whom: Member): Promise<void> {
  const { personId } = await who.federation.lookUp(`@${whom.address}`);
  await who.acting.transact((tx) => askToSubscribe(tx, who.acting.me, personId, who.acting.now()));
  const asking = await eventually("the request arrives", () =>
    whom.store.read.subscription.findFirst({
      where: { personId: whom.acting.me.ownerId, state: "asked", subscriber: { uri: who.uri } },
    }),
  );
  const { acting } = whom;
  await acting.transact((tx) => acceptRequest(tx, acting.me, asking.subscriberId, acting.now()));
  await eventually("the answer arrives", async () => {
    return (await ownRequest(who.store.read, who.acting.me.ownerId, whom.uri))?.state === "accepted";
  });
}

function say({ acting }: Member, draft: Partial<Draft> & { text: string }): Promise<string> {
  return acting.transact((tx) =>
    publish(tx, acting.me, { reach: "everyone", ...draft }, acting.now(), acting.random),
  );
}

/** A question by somebody whom she has nothing to do with waits at her gate. */
async function letIn({ acting }: Member, asking: Member): Promise<void> {
  const personId = idOf(asking.uri);
  await eventually("it waits", () => acting.read.knock.findUnique({ where: { personId } }));
  expect(await notices(anna)).toEqual([]);
  await acting.transact((tx) => letInAtGate(tx, acting.me, personId, acting.now()));
}

const uriOf = async (who: Member, postId: string) =>
  (await who.store.read.post.findUniqueOrThrow({ where: { id: postId } })).uri;
const seen = (who: Member, postId: string) => postById(who.store.read, who.acting.me, postId);
const arrives = (who: Member, postId: string) =>
  eventually(`it arrives at ${who.name}`, () => seen(who, postId));
const quoteIs = (who: Member, postId: string, state: string) =>
  eventually(`${who.name} sees it ${state}`, async () => (await seen(who, postId))?.quote?.state === state);
const notices = async (who: Member) => {
  const rows = await who.store.read.notice.findMany({ orderBy: { at: "asc" } });
  return rows.map(({ kind }) => kind).filter((kind) => kind.startsWith("quote"));
};
const stampOf = (who: Member) => who.store.read.quoteStamp.findFirstOrThrow();

test("whoever is on a blocked host has no leave to quote any more, and is let in no more", async () => {
  const quoted = await say(anna, { text: "rain all day" });
  await arrives(ben, quoted);
  await quoteIs(ben, await say(ben, { text: "so it was", quoteOfId: quoted }), "approved");
  const { id, personId } = await stampOf(anna);
  const leave = new Request(`${new URL(anna.uri).origin}/quotes/${id}`, {
    headers: { accept: "application/activity+json" },
  });
  const served = async () => (await fediverse.ask(leave.clone())).status;
  expect(await served()).toBe(200);
  await anna.acting.transact(async (tx) => {
    await addWelcome(tx, personId, anna.acting.now());
    await blockHost(tx, ben.host, anna.acting.now());
  });
  expect(await served()).toBe(404);
  expect(await anna.store.read.welcome.count()).toBe(0);
});

describe("quoting somebody", () => {
  test("who lets everyone: leave comes by itself, and third people see the card once they looked it up", async () => {
    const quoted = await say(anna, { text: "rain all day" });
    await arrives(ben, quoted);
    const quoting = await say(ben, { text: "so it was", quoteOfId: quoted });
    await quoteIs(ben, quoting, "approved");
    await quoteIs(cleo, quoting, "approved");
    const card = (await seen(cleo, quoting))?.quote;
    expect(card?.post).toMatchObject({ html: "<p>rain all day</p>", author: { uri: anna.uri } });
    expect((await seen(cleo, quoting))?.html).toBe("<p>so it was</p>");
    expect(await notices(anna)).toEqual(["quote"]);
    expect((await seen(anna, quoting))?.quote?.state).toBe("approved");

    const stamp = await stampOf(anna);
    const address = `http://${anna.host}/quotes/${stamp.id}`;
    const ask = () =>
      fediverse.ask(new Request(address, { headers: { Accept: "application/activity+json" } }));
    expect(await (await ask()).json()).toMatchObject({
      type: "QuoteAuthorization",
      id: address,
      attributedTo: anna.uri,
      interactingObject: await uriOf(ben, quoting),
      interactionTarget: await uriOf(anna, quoted),
    });

    await anna.acting.transact((tx) => revokeQuote(tx, stamp.id, Date.now()));
    await quoteIs(ben, quoting, "refused");
    await eventually("Cleo's copy quotes nothing", async () => {
      const post = await seen(cleo, quoting);
      return post !== null && post.quote === null;
    });
    expect((await ask()).status).toBe(404);
  });

  test("who is asked: it waits, is shown to nobody else, and is allowed by a press", async () => {
    const quoted = await say(anna, { text: "rain all day", quotable: "subscribers" });
    const address = await uriOf(anna, quoted);
    await cleo.federation.lookUpPost(address);
    const quoting = await say(cleo, { text: "so it was", quoteOfId: quoted });
    expect((await seen(cleo, quoting))?.quote?.state).toBe("waiting");
    await letIn(anna, cleo);
    await eventually("Anna is asked", async () => (await notices(anna)).includes("quote-request"));
    expect((await seen(anna, quoting))?.quote).toMatchObject({ state: "waiting", post: null });
    await anna.acting.transact(async (tx) => {
      await allowQuote(tx, anna.acting.me, (await stampOf(anna)).id, Date.now());
    });
    await quoteIs(cleo, quoting, "approved");
    expect(await notices(anna)).toEqual([]);
  });

  test("who does not want it: the post stays and quotes nothing any more, here and elsewhere", async () => {
    const quoted = await say(anna, { text: "rain all day", quotable: "subscribers" });
    await ben.federation.lookUpPost(await uriOf(anna, quoted));
    await arrives(ben, quoted);
    await anna.acting.transact((tx) => tx.subscription.deleteMany({}));
    const quoting = await say(ben, { text: "so it was", quoteOfId: quoted });
    await letIn(anna, ben);
    await eventually("Anna is asked", async () => (await notices(anna)).includes("quote-request"));
    await arrives(cleo, quoting);
    await anna.acting.transact(async (tx) => declineQuote(tx, (await stampOf(anna)).id, Date.now()));
    await quoteIs(ben, quoting, "refused");
    await eventually("Cleo's copy quotes nothing", async () => {
      const post = await seen(cleo, quoting);
      return post !== null && post.quote === null;
    });
  });

  test("who lets nobody: asked all the same, the answer is no", async () => {
    const quoted = await say(anna, { text: "rain all day", quotable: "nobody" });
    await arrives(ben, quoted);
    await ben.store.transact((tx) => tx.post.updateMany({ where: { id: quoted }, data: { quotable: "" } }));
    const quoting = await say(ben, { text: "so it was", quoteOfId: quoted });
    await quoteIs(ben, quoting, "refused");
    expect(await notices(anna)).toEqual([]);
  });

  test("is told each time that who may do it changes, also back and forth", async () => {
    const id = await say(anna, { text: "rain all day" });
    await arrives(ben, id);
    for (const quotable of ["nobody", "everyone", "nobody", "everyone"] as const) {
      await eventually("nothing waits", async () => (await anna.store.read.job.count()) === 0);
      await anna.acting.transact((tx) => changeQuotable(tx, anna.acting.me, id, quotable, anna.acting.now()));
      await eventually(`Ben knows: ${quotable}`, async () => {
        const row = await ben.store.read.post.findUniqueOrThrow({ where: { id } });
        return row.quotable === quotable;
      });
    }
  });

  test("oneself needs no leave", async () => {
    const quoted = await say(ben, { text: "rain all day" });
    const quoting = await say(ben, { text: "so it was", quoteOfId: quoted });
    expect((await seen(ben, quoting))?.quote).toMatchObject({ state: "approved", post: { id: quoted } });
    await quoteIs(cleo, quoting, "approved");
    expect(idOf(await uriOf(ben, quoting))).toBe(quoting);
  });
});
