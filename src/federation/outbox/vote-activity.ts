import { type Activity, Create, Note } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Addresses } from "../addresses.ts";

/**
 * The owner's choice, for the author of the poll alone: a Note with a name that says nothing (FEP-9967). When it was made
 * is in its id: the same words may be chosen again once the author changed the options.
 */
export function voteActivity(
  at: Addresses,
  choice: { pollUri: string; title: string; at: number; author: string },
): Activity {
  const id = `${at.activity(idOf("vote", choice.pollUri, choice.title, String(choice.at)))}`;
  const to = new URL(choice.author);
  const object = new Note({
    id: new URL(`${id}#note`),
    attribution: new URL(at.person),
    name: choice.title,
    replyTarget: new URL(choice.pollUri),
    to,
  });
  return new Create({ id: new URL(id), actor: new URL(at.person), object, to });
}
