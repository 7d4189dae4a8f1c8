import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { updatePost } from "../posts/queries.ts";
import { tellingWhomItChanges } from "../profile/tell-people.ts";
import { type Choice, idsIn, listed, readChoice, written } from "./choice.ts";
import {
  audienceRow,
  deleteAudience,
  type Keeping,
  keepingChoices,
  memberIds,
  postsWithAudience,
  rewriteChoice,
} from "./queries.ts";
import { withholdUnseen } from "./take-out.ts";

/**
 * An audience is no more. Nobody sees more by that: what was kept from it is kept from the people who were in it, one by
 * one; what was for it is for them no longer, and what waits for them by it is not sent. Returns its members. Throws "audience-not-found".
 */
export async function removeAudience(tx: Tx, me: Identity, id: string, now: number): Promise<string[]> {
  if ((await audienceRow(tx, id)) === null) throw new NodeError("audience-not-found", "no such audience");
  const members = await memberIds(tx, id);
  await tellingWhomItChanges(tx, me, members, now, () => dissolve(tx, id, members));
  for (const one of members) await withholdUnseen(tx, me, one);
  return members;
}

async function dissolve(tx: Tx, id: string, members: readonly string[]): Promise<void> {
  for (const post of await postsWithAudience(tx, id)) {
    await updatePost(tx, post.id, {
      audiences: listed(idsIn(post.audiences).filter((one) => one !== id)),
      without: listed(without(idsIn(post.without), id, members)),
      answerable: post.answerable === "" ? "" : rewritten(post.answerable, id, members),
    });
  }
  for (const row of await keepingChoices(tx, id)) await keep(tx, row, id, members);
  await deleteAudience(tx, id);
}

async function keep(tx: Tx, row: Keeping, id: string, members: readonly string[]): Promise<void> {
  await rewriteChoice(tx, row, rewritten(row.choice, id, members));
}

function rewritten(column: string, id: string, members: readonly string[]): string {
  const choice = readChoice(column);
  const left: Choice = {
    ...choice,
    audiences: choice.audiences.filter((one) => one !== id),
    without: without(choice.without, id, members),
  };
  return written(left);
}

function without(ids: readonly string[], id: string, members: readonly string[]): string[] {
  return ids.flatMap((one) => (one === id ? members : [one]));
}
