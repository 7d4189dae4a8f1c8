import { block, removeSubscriber, unblock } from "../../../social/people/block.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { askToSubscribe } from "../../../social/subscriptions/ask.ts";
import { endSubscription } from "../../../social/subscriptions/end.ts";
import type { OwnerActing } from "../../ports.ts";
import type { Work } from "../call.ts";
import type { Door } from "../door.ts";
import type { Fields } from "../fields.ts";
import { personOf } from "../find.ts";
import { notUnderstood } from "../refuse.ts";
import { relationshipOf } from "../shapes/relationship.ts";

type Act = (acting: OwnerActing, person: PersonView, fields: Fields) => Promise<unknown>;

const actions: Record<string, Act> = {
  follow: (acting, person) =>
    acting.transact(async (tx) => {
      if (person.subscribed === "asked" || person.subscribed === "accepted") return;
      await askToSubscribe(tx, acting.me, person.id, acting.now());
    }),
  unfollow: (acting, person) =>
    acting.transact((tx) => endSubscription(tx, acting.me, person.id, acting.now())),
  remove_from_followers: (acting, person) =>
    acting.transact((tx) => removeSubscriber(tx, person.id, acting.now())),
  block: (acting, person) => acting.transact((tx) => block(tx, person.id, acting.now())),
  unblock: (acting, person) => acting.transact((tx) => unblock(tx, person.id)),
};

/** Changing how the owner stands to a person. */
export function accountActionRoutes(door: Door): void {
  for (const [name, act] of Object.entries(actions)) {
    const needed = name.endsWith("block") ? "write:blocks" : "write:follows";
    door.post(`/api/v1/accounts/:id/${name}`, needed, relation(act));
  }
}

/** Acts, then says how the two stand now. */
export function relation(act: Act): Work {
  return async (call) => {
    const person = await personOf(call, call.part("id"));
    if (person.isOwner) throw notUnderstood("That is you.");
    await act(call.acting, person, call.fields);
    return { json: relationshipOf(await personOf(call, person.sortKey), call.acting.now()) };
  };
}
