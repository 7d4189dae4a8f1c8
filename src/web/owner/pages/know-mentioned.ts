import { personByAddress } from "../../../social/people/find.ts";
import { mentionsIn } from "../../../social/posts/render.ts";
import type { OwnerActing, OwnerPorts } from "../../ports.ts";

const MOST = 5;
/** A post is not held up for long by somebody's device that is off. */
const PATIENCE = 4_000;

/** Looks up people a text names by their whole address who are not known here yet. What fails stays plain text. */
export async function knowMentioned(ports: OwnerPorts, acting: OwnerActing, text: string): Promise<void> {
  const { at } = ports.network();
  if (at !== "reachable" && at !== "published" && at !== "connected") return;
  const unknown: string[] = [];
  for (const name of mentionsIn(text)
    .filter((one) => one.includes("@"))
    .slice(0, MOST)) {
    if ((await personByAddress(acting.read, name)) === null) unknown.push(name);
  }
  if (unknown.length === 0) return;
  const looked = Promise.allSettled(unknown.map((name) => acting.lookUp(name)));
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE);
  await Promise.race([looked, late]);
  clearTimeout(timer);
}
