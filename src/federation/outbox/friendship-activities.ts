import { Accept, type Activity, Offer, Undo } from "@fedify/fedify/vocab";
import { escapeHtml } from "../../social/html.ts";
import type { Addresses } from "../addresses.ts";
import { relationshipOf } from "../translate/relationship.ts";

/** What was said with a question, as others expect text: HTML. */
const said = (words: string) => (words === "" ? {} : { content: escapeHtml(words) });

/** The owner asks somebody to be friends. */
export function offerActivity(at: Addresses, offer: { uri: string; words: string }, person: string): Offer {
  return new Offer({
    id: new URL(offer.uri),
    actor: new URL(at.person),
    object: relationshipOf(at.person, person),
    to: new URL(person),
    ...said(offer.words),
  });
}

/** Takes it back, without its words. */
export function offerWithdrawnActivity(at: Addresses, id: string, uri: string, person: string): Undo {
  const object = offerActivity(at, { uri, words: "" }, person);
  return new Undo({ id: new URL(id), actor: new URL(at.person), object, to: new URL(person) });
}

/** The owner's yes to theirs, with the question in it. */
export function offerAcceptedActivity(at: Addresses, id: string, uri: string, person: string): Activity {
  const object = new Offer({
    id: new URL(uri),
    actor: new URL(person),
    object: relationshipOf(person, at.person),
  });
  return new Accept({ id: new URL(id), actor: new URL(at.person), object, to: new URL(person) });
}

/** The owner is friends with them no more. */
export function friendshipEndedActivity(at: Addresses, id: string, person: string): Activity {
  const object = relationshipOf(at.person, person);
  return new Undo({ id: new URL(id), actor: new URL(at.person), object, to: new URL(person) });
}

/** The owner introduces somebody to a friend. */
export function introductionActivity(
  at: Addresses,
  id: string,
  introduced: { uri: string; words: string },
  person: string,
): Activity {
  return new Offer({
    id: new URL(id),
    actor: new URL(at.person),
    object: new URL(introduced.uri),
    target: new URL(person),
    to: new URL(person),
    ...said(introduced.words),
  });
}
