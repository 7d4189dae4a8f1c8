import type { Person } from "@fedify/fedify/vocab";
import type { Viewer } from "../social/access.ts";
import { ownMoves } from "../social/moving/moving.ts";
import { cardFor } from "../social/profile/card.ts";
import { fieldHtml } from "../social/profile/fields.ts";
import { ownLocale } from "../social/profile/locale.ts";
import { profile } from "../social/profile/profile.ts";
import { whoSeesMore } from "../social/profile/who-sees-more.ts";
import { aStranger } from "../social/viewer.ts";
import type { Parts } from "./parts.ts";
import { remembered } from "./remembered.ts";
import { actorOf } from "./translate/person.ts";

type Made = Pick<Parts, "store" | "identity" | "at" | "keys">;

/** The owner as one viewer gets them. */
async function ownActor({ store, identity, at, keys }: Made, viewer: Viewer): Promise<Person> {
  const { read } = store;
  const card = await cardFor(read, identity, viewer);
  const { requestsAuto } = await profile(read, identity);
  const { aliases, to } = await ownMoves(read, identity);
  const locale = await ownLocale(read);
  return actorOf(
    {
      handle: identity.handle,
      name: card.name,
      aboutHtml: card.aboutHtml,
      pictureId: card.pictureId,
      bannerId: card.bannerId,
      fields: card.fields.map((field) => ({ label: field.label, html: fieldHtml(field, locale) })),
      approves: !requestsAuto,
      aliases,
      movedTo: to,
    },
    at,
    keys,
  );
}

/** What a stranger gets, and who may get something else, are known without a look into the store. */
export function createOwnActor(o: Made): Pick<Parts, "ownActor" | "whoSeesMore"> {
  const forStrangers = remembered(o.store, ["Setting", "Person", "ProfileField"], () =>
    ownActor(o, aStranger),
  );
  const ties = ["Setting", "ProfileField", "Subscription", "Friendship", "Audience", "AudienceMember"];
  return {
    ownActor: (viewer) => (viewer.kind === "person" ? ownActor(o, viewer) : forStrangers()),
    whoSeesMore: remembered(o.store, ties, () => whoSeesMore(o.store.read, o.identity)),
  };
}
