import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Besieged, besiege } from "../support/besieged.ts";
import type { Peer } from "../support/peer.ts";

let at: Besieged;

beforeAll(async () => {
  at = await besiege();
});
afterAll(() => at[Symbol.asyncDispose]());
beforeEach(() => {
  at.fediverse.requests.length = 0;
});

describe("what is fetched", () => {
  test.each<[string, (liar: Peer) => string]>([
    ["A23: a person that says they live on another host", (liar) => put(liar, "/lie", { id: at.friend.uri })],
    [
      "A23: a person that says they live elsewhere, where they are not",
      (liar) => put(liar, "/lie", { id: `${liar.origin}/nowhere` }),
    ],
    ["A23: a person without an address", (liar) => put(liar, "/lie", { id: undefined })],
    [
      "A23: a person with an inbox on another host",
      (liar) => put(liar, "/lie", { id: `${liar.origin}/lie`, inbox: "http://friend.example/inbox" }),
    ],
  ])("%s is nobody", async (_, lie) => {
    const liar = at.stranger("liz");
    await expect(at.anna.federation.lookUp(lie(liar))).rejects.toMatchObject({ code: "person-not-found" });
    expect(await at.anna.store.read.person.count({ where: { host: liar.host } })).toBe(0);
  });

  test.each(["http://friend.example/users/fred", "http://127.0.0.1/", "/users/liz"])(
    "A22: a redirect to %s is not followed off the host, nor for ever",
    async (location) => {
      const liar = at.stranger("liz");
      at.fediverse.interfere(
        liar.host,
        async () => new Response(null, { status: 302, headers: { Location: location } }),
      );
      await expect(at.anna.federation.lookUp(liar.uri)).rejects.toThrow();
      expect(at.fediverse.requests.length).toBeLessThanOrEqual(4);
      expect(at.fediverse.requests.every((line) => line.includes(liar.host))).toBe(true);
    },
  );

  test("A25: an answer that never ends is cut off", async () => {
    const liar = at.stranger("liz");
    const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536).fill(32)) });
    at.fediverse.interfere(
      liar.host,
      async () => new Response(endless, { headers: { "Content-Type": "application/activity+json" } }),
    );
    await expect(at.anna.federation.lookUp(liar.uri)).rejects.toMatchObject({ code: "response-too-large" });
  });
});

function put(peer: Peer, path: string, lie: object): string {
  const [honest] = [...peer.documents.values()];
  peer.documents.set(path, { ...(honest as object), ...lie });
  return peer.origin + path;
}
