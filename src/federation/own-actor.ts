import type { Person } from "@fedify/fedify/vocab";
import { ownMoves } from "../social/moving/moving.ts";
import { profile } from "../social/profile/profile.ts";
import type { Parts } from "./parts.ts";
import { actorOf } from "./translate/person.ts";

export async function ownActor({ store, identity, at, keys }: Parts): Promise<Person> {
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
