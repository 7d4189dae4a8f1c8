import type { ReadClient } from "../../store/tx.ts";
import { may, type Viewer } from "../access.ts";
import type { Choice } from "../audiences/choice.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleWhere } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import type { ProfileField } from "./fields.ts";
import { ownFields } from "./own-fields.ts";
import { type Part, seenParts } from "./parts.ts";
import { profile } from "./profile.ts";
import { friendWhere } from "./queries.ts";

/** Names on one page. */
const MOST_FRIENDS = 200;

/** The owner's profile as one viewer gets it. What is not for them leaves no trace in it. */
export type ProfileCard = {
  /** the handle, when the name is not for them */
  name: string;
  aboutHtml: string;
  pictureId: string;
  bannerId: string;
  fields: Omit<ProfileField, "seen">[];
  friends: PersonView[];
};

/** The one place where the profile is cut: for pages, for the actor document, and for the owner who looks as somebody. */
export async function cardFor(read: ReadClient, me: Identity, viewer: Viewer): Promise<ProfileCard> {
  const isFor = (seen: Choice) => may(viewer, "see", { ...seen, authorId: me.ownerId });
  const [all, seen, fields] = [await profile(read, me), await seenParts(read), await ownFields(read)];
  const shows = (part: Part) => isFor(seen[part]);
  return {
    name: shows("name") ? all.name : me.handle,
    aboutHtml: shows("about") ? all.aboutHtml : "",
    pictureId: shows("picture") ? all.pictureId : "",
    bannerId: shows("banner") ? all.bannerId : "",
    fields: fields.filter((field) => isFor(field.seen)).map(({ seen: _, ...field }) => field),
    friends: shows("friends") ? await peopleWhere(read, me.ownerId, friendWhere(), MOST_FRIENDS) : [],
  };
}

/** The owner as a person on a page for somebody: nothing of what the card leaves out. */
export function asShown(card: ProfileCard, person: PersonView): PersonView {
  if (!person.isOwner) return person;
  const { name, aboutHtml } = card;
  return { ...person, name, aboutHtml, pictureUrl: card.pictureId === "" ? "" : person.pictureUrl };
}
