import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { letIn } from "../../src/social/gate/let-in.ts";
import { listWaiting } from "../../src/social/gate/list.ts";
import { type Draft, publish } from "../../src/social/posts/publish.ts";
import { MOST_OF_POST } from "../../src/social/quotes/limits.ts";
import { AS, type Besieged, besiege } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import type { Peer } from "../support/peer.ts";

const TERMS = {
  QuoteRequest: "https://w3id.org/fep/044f#QuoteRequest",
  quote: { "@id": "https://w3id.org/fep/044f#quote", "@type": "@id" },
};
const context = { "@context": [AS, TERMS] };

let at: Besieged;
let zoe: Peer;
beforeEach(async () => {
  at = await besiege();
  zoe = at.stranger("zoe");
});
afterEach(() => at[Symbol.asyncDispose]());

async function say(draft: Partial<Draft> = {}): Promise<{ id: string; uri: string }> {
  const { acting, store } = at.anna;
  const id = await acting.transact((tx) =>
    publish(tx, acting.me, { text: "rain", reach: "everyone", ...draft }, acting.now(), acting.random),
  );
  return { id, uri: (await store.read.post.findUniqueOrThrow({ where: { id } })).uri };
}

const ask = (by: Peer, quoted: string, instrument: unknown) =>
  at.send(by, at.activity(by, "QuoteRequest", quoted, { ...context, instrument, to: at.anna.uri }));
const write = (by: Peer, note: object) => at.send(by, at.activity(by, "Create", note, context));
const read = () => at.anna.store.read;
const stampOf = (quotingUri: string) => read().quoteStamp.findFirst({ where: { quotingUri } });
const told = () => read().notice.count({ where: { kind: { in: ["quote", "quote-request", "mention"] } } });
const waiting = async () => (await listWaiting(read(), at.anna.acting.me, { limit: 80 })).items;
const accept = (by: Peer) =>
  at.anna.acting.transact((tx) => letIn(tx, at.anna.acting.me, idOf(by.uri), Date.now()));
const answered = (by: Peer, type: string) =>
  eventually(`${type} comes`, async () => by.received.some(({ activity }) => activity["type"] === type));

describe("somebody unknown who quotes", () => {
  test.each([true, false])(
    "gets the leave that everybody has, and puts neither words nor notice past the gate (whole: %s)",
    async (isWhole) => {
      const { uri } = await say();
      const note = at.note(zoe, { quote: uri, to: at.anna.uri });
      zoe.documents.set(new URL(note.id).pathname, { ...context, ...note });
      expect(await ask(zoe, uri, isWhole ? note : note.id)).toBe(202);
      await answered(zoe, "Accept");
      expect((await stampOf(note.id))?.state).toBe("granted");
      expect(await at.stored(note.id)).toBeNull();
      expect(await told()).toBe(0);
    },
  );

  test("waits at the gate with a question, and is asked about once let in", async () => {
    const { uri } = await say({ quotable: "subscribers" });
    const note = at.note(zoe, { quote: uri });
    expect(await ask(zoe, uri, note)).toBe(202);
    expect(await waiting()).toMatchObject([{ person: { uri: zoe.uri }, wrote: true }]);
    expect([await at.stored(note.id), await told()]).toEqual([null, 0]);
    await accept(zoe);
    await eventually("the post is there", () => at.stored(note.id));
    expect(await read().notice.count({ where: { kind: "quote-request" } })).toBe(1);
    expect((await stampOf(note.id))?.state).toBe("asked");
  });

  test("and is known by a Like alone waits too, and shows as usual once let in", async () => {
    const { uri } = await say();
    expect(await at.send(zoe, at.activity(zoe, "Like", uri))).toBe(202);
    const note = at.note(zoe, { quote: uri });
    expect(await write(zoe, note)).toBe(202);
    expect(await waiting()).toMatchObject([{ person: { uri: zoe.uri }, wrote: true }]);
    expect([await at.stored(note.id), await told()]).toEqual([null, 0]);
    await accept(zoe);
    await eventually("the post is there", () => at.stored(note.id));
    expect(await read().notice.count({ where: { kind: "quote" } })).toBe(1);
  });

  test("fills no post with leave without end, and keeps nobody out whom the owner knows", async () => {
    const { id, uri } = await say();
    await at.anna.store.transact((tx) =>
      tx.quoteStamp.createMany({
        data: Array.from({ length: MOST_OF_POST }, (_, n) => ({
          ...{ id: idOf(`stamp ${n}`), postId: id, personId: idOf(at.friend.uri), uri: "" },
          ...{ quotingUri: `http://x.example/${n}`, state: "refused", at: new Date() },
        })),
      }),
    );
    const [late, known] = [at.note(zoe, { quote: uri }), at.note(at.attacker, { quote: uri })];
    expect(await ask(zoe, uri, late)).toBe(202);
    expect(await stampOf(late.id)).toBeNull();
    expect(await ask(at.attacker, uri, known)).toBe(202);
    expect((await stampOf(known.id))?.state).toBe("granted");
  });
});
