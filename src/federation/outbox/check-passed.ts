import { Create, Update } from "@fedify/fedify/vocab";
import { NodeError } from "../../lib/errors.ts";
import { isOnion } from "../../lib/onion-name.ts";
import type { PersonCard } from "../../social/people/person.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { type Passed, passedRow } from "../../social/threads/queries.ts";
import { forgetPassed, receivePassed } from "../../social/threads/receive-passed.ts";
import type { JobHandler } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import { cardOfPost } from "../incoming-post.ts";
import { isJsonObject } from "../json-guard.ts";
import type { Parts } from "../parts.ts";
import { provenActivity } from "../proof.ts";
import { isBlocked } from "../queries.ts";
import { embeddedObject } from "../translate/object-of.ts";
import { strangersCardOf } from "../translate/person.ts";
import { type ReadPost, readPost } from "../translate/post.ts";

/** Takes what was passed on into its thread, once it is proven to be its author's (FEP-8b32); else it is forgotten. */
export function checkPassedJob(parts: Parts): JobHandler {
  return async (job) => {
    const row = await passedRow(parts.store.read, job.about["passedId"] ?? "");
    if (row === null) return "done";
    // The owner is not asked about a server for this: only devices of one person pass on.
    if (!isOnion(job.peer) && !parts.allowsOutside(job.peer))
      return { done: (tx) => forgetPassed(tx, row.id) };
    try {
      const proven = await provenPost(parts, row);
      return { done: (tx) => take(tx, parts, row, proven) };
    } catch (error) {
      if (!(error instanceof NodeError)) throw error;
      if (error.code === "peer-off" || error.code === "tor-down") return { retry: error.code };
      return { done: (tx) => forgetPassed(tx, row.id) };
    }
  };
}

type Proven = { author: PersonCard; post: ReadPost };

async function provenPost({ documents, now }: Parts, { signed }: Passed): Promise<Proven | null> {
  const json: unknown = JSON.parse(signed);
  const proven = isJsonObject(json) ? await provenActivity(documents, json) : null;
  if (proven === null) return null;
  const { activity } = proven;
  const author = await strangersCardOf(proven.author);
  if (author === null || !(activity instanceof Create || activity instanceof Update)) return null;
  const object = await embeddedObject(activity);
  const post = object === null ? null : await readPost(object, author, now());
  return post === null ? null : { author, post };
}

async function take(tx: Tx, { identity: me, now }: Parts, row: Passed, proven: Proven | null): Promise<void> {
  await forgetPassed(tx, row.id);
  if (proven === null || (await isBlocked(tx, proven.author.uri))) return;
  await savePerson(tx, proven.author, now());
  await receivePassed(tx, me, await cardOfPost(tx, me, proven.post), row, now());
}
