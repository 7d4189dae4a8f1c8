import type { Person } from "@fedify/fedify/vocab";
import { profile } from "../social/profile/profile.ts";
import type { Parts } from "./parts.ts";
import { actorOf } from "./translate/person.ts";

export async function ownActor({ store, identity, at, keys }: Parts): Promise<Person> {
  const card = await profile(store.read, identity);
  return actorOf(
    {
      handle: identity.handle,
      name: card.name,
      aboutHtml: card.aboutHtml,
      pictureId: card.pictureId,
      approves: !card.requestsAuto,
    },
    at,
    keys,
  );
}
