import type { NodeError } from "../../../lib/errors.ts";
import { type Choice, forEveryone } from "../../../social/audiences/choice.ts";
import { type Picked, PROFILE } from "../../html/audience-picker.tsx";
import { nothingSought } from "../../html/choice-fields.tsx";
import type { OwnerActing } from "../../ports.ts";
import type { Visit } from "../kit.ts";
import { asMeant, readChoice } from "../pages/read-choice.ts";
import { reckoned } from "../pages/recipients.ts";
import { withSought } from "../pages/sought.ts";

/** Who sees something of the profile, as it is kept. */
export async function keptSeen(acting: OwnerActing, choice: Choice): Promise<Picked> {
  const bare = { choice, add: nothingSought, no: nothingSought };
  return { ...bare, ...(await reckoned(acting, choice, "")), wrong: null, open: false };
}

/** The same as a form sent it; null: it says nothing of it. `looking`: names were typed, or it was only counted. */
export async function typedSeen({
  acting,
  fields,
}: Visit): Promise<{ picked: Picked; looking: boolean } | null> {
  const choice = readChoice(fields, PROFILE);
  if (choice === null) return null;
  const bare = { choice, add: nothingSought, no: nothingSought };
  const { picked, sought } = await withSought(acting, fields, bare, PROFILE);
  const looking = sought || fields.text("do").startsWith(PROFILE);
  const counted = await reckoned(acting, picked.choice, "");
  return { picked: { ...picked, ...counted, wrong: null, open: looking }, looking };
}

/** What is kept of it. A profile has no way of being for everyone quietly. */
export function seenOf({ choice }: Picked): Choice {
  const meant = asMeant(choice);
  return meant.reach === "unlisted" ? { ...forEveryone, without: meant.without } : meant;
}

const aboutWho = new Set<NodeError["code"]>(["reach-not-allowed", "audience-not-found", "open-to-all"]);

/** Whether it is the choice that something is not right with. */
export function isAboutWho({ code }: NodeError): boolean {
  return aboutWho.has(code);
}
