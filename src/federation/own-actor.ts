import type { Person } from "@fedify/fedify/vocab";
import { ownMoves } from "../social/moving/moving.ts";
import { profile } from "../social/profile/profile.ts";
import type { Parts } from "./parts.ts";
import { actorOf } from "./translate/person.ts";

export async function ownActor(o: Pick<Parts, "store" | "identity" | "at" | "keys">): Promise<Person> {
  const { store, identity, at, keys } = o;
  const card = await profile(store.read, identity);
  const { aliases, to } = await ownMoves(store.read, identity);
  return actorOf(
    {
      handle: identity.handle,
      name: card.name,
      aboutHtml: card.aboutHtml,
      pictureId: card.pictureId,
      approves: !card.requestsAuto,
      aliases,
      movedTo: to,
    },
    at,
    keys,
  );
}
