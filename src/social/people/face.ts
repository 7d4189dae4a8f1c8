import { enqueue, isPlanned } from "../../store/jobs.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { hasTies } from "../gate/queries.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { keepShown } from "../media/kept-shown.ts";
import type { NewMedia } from "../media/media.ts";
import { markDropped } from "../media/queries.ts";
import { isBlockedId, personFacts, setFace } from "./queries.ts";

/**
 * Pictures of people are fetched when they become known or change, at a time nobody can foresee, never because a page
 * shows them: whoever could cause a request by that would learn when the owner reads. Of strangers nothing is fetched.
 */
export async function planFace(tx: Tx, personId: string, now: number): Promise<void> {
  if ((await faceWanted(tx, personId)) === null) return;
  const job = { kind: "fetch-face", peer: "", about: { personId } };
  if (!(await isPlanned(tx, job))) await enqueue(tx, job, now);
}

/** Where it is to be fetched from; null: it is here, there is none, or it is not wanted. */
export async function faceWanted(read: ReadClient, personId: string): Promise<string | null> {
  const ownerId = await ownerIdOf(read);
  const person = await personFacts(read, personId);
  if (person === null || person.gone || person.pictureUrl === "" || person.pictureId !== "") return null;
  if (personId === ownerId || ownerId === "" || (await isBlockedId(read, personId))) return null;
  return (await hasTies(read, ownerId, personId)) ? person.pictureUrl : null;
}

/** It came from this address; false: they have another by now. */
export async function keepFace(
  tx: Tx,
  from: { personId: string; url: string },
  file: NewMedia,
  now: number,
): Promise<boolean> {
  const isStill = (await faceWanted(tx, from.personId)) === from.url;
  await keepShown(tx, file, now, isStill);
  if (isStill) await setFace(tx, from.personId, file.id);
  return isStill;
}

export async function forgetFace(tx: Tx, personId: string, mediaId: string): Promise<void> {
  if (mediaId === "") return;
  await setFace(tx, personId, "");
  await markDropped(tx, [mediaId]);
}
