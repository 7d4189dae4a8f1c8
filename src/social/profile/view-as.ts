import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import { FRIENDS, SUBSCRIBERS } from "../audiences/choice.ts";
import { audience } from "../audiences/list.ts";
import type { Identity } from "../identity/identity.ts";
import { personById } from "../people/find.ts";
import { aStranger, viewersOf } from "../viewer.ts";

/** Nobody has this id, and nothing names it. */
const SOMEBODY = "somebody";

/** As whom the owner looks at their own pages. `name`: of the person or of the audience. */
export type As = {
  kind: "stranger" | "subscriber" | "friend" | "person" | "audience";
  name: string;
  viewer: Viewer;
};

/** "stranger", "subscriber", "friend", or the id of a person or of an audience; null: nobody of that id. */
export async function viewAs(read: ReadClient, me: Identity, who: string): Promise<As | null> {
  if (who === "" || who === "stranger") return { kind: "stranger", name: "", viewer: aStranger };
  if (who === "subscriber") return { kind: who, name: "", viewer: somebodyIn(SUBSCRIBERS) };
  if (who === "friend") return { kind: who, name: "", viewer: { ...somebodyIn(FRIENDS), role: "friend" } };
  const circle = await audience(read, who);
  if (circle !== null) return { kind: "audience", name: circle.name, viewer: somebodyIn(circle.id) };
  const person = await personById(read, who);
  if (person === null || person.isOwner) return null;
  const [viewer] = await viewersOf(read, me.ownerId, [person.id]);
  return { kind: "person", name: person.name, viewer: viewer ?? aStranger };
}

/** In this audience, and nothing else that is known. */
function somebodyIn(audienceId: string) {
  return { kind: "person" as const, personId: SOMEBODY, in: new Set([audienceId]) };
}
