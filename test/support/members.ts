import { idOf } from "../../src/lib/ids.ts";
import { keepKeys } from "../../src/social/messages/keys/own.ts";
import { makeKey } from "../../src/social/messages/pgp/own-key.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import type { Tx } from "../../src/store/tx.ts";
import { eventually } from "./eventually.ts";
import type { Member } from "./federated.ts";

/** What members of a fediverse do in one test after the other. */
export const idAt = ({ uri }: Member): string => idOf(uri);

export const act = <T>(who: Member, work: (tx: Tx, now: number) => Promise<T>): Promise<T> =>
  who.acting.transact((tx) => work(tx, who.acting.now()));

/** No job of theirs waits any more. */
export const settled = (...all: Pick<Member, "store">[]): Promise<unknown> =>
  eventually("nothing waits", async () => {
    for (const { store } of all) if ((await store.read.job.count()) > 0) return false;
    return true;
  });

/** Each has looked the other up, and the first subscribes to the second. */
export async function acquainted(one: Member, other: Member): Promise<void> {
  await one.federation.lookUp(other.address);
  await other.federation.lookUp(one.address);
  await act(one, (tx, now) => askToSubscribe(tx, one.acting.me, idAt(other), now));
  await settled(one);
  await act(other, (tx, now) => acceptRequest(tx, other.acting.me, idAt(one), now));
  await settled(one, other);
}

/** They lost their device, and began with another key. */
export async function beginsAnew(who: Member): Promise<void> {
  await act(who, async (tx, now) => {
    const value = new Uint8Array(await makeKey(who.address, now));
    await tx.secret.update({ where: { id: "openpgp" }, data: { value } });
    await tx.messageSubkey.deleteMany({});
  });
  await keepKeys(who.store, who.acting.me, who.acting.now());
}
