import { isOnion } from "../../lib/onion-name.ts";
import { enqueue, isPlanned } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import { personFacts } from "./queries.ts";

/** Whoever the owner is close to may show them more than anybody can read: it is asked for, signed. */
export async function planProfile(tx: Tx, personId: string, now: number): Promise<void> {
  const person = await personFacts(tx, personId);
  if (person === null || person.gone || !isOnion(person.host)) return;
  const job = { kind: "fetch-person", peer: person.host, about: { uri: person.uri } };
  if (!(await isPlanned(tx, job))) await enqueue(tx, job, now);
}
