import { NodeError } from "../../lib/errors.ts";
import { idOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { send } from "../send.ts";
import { deliveriesOf, hostsOf, keepRevision, postRow, updatePost } from "./queries.ts";
import { wordsOf } from "./words.ts";

const MOST = 100_000;

/** Changes what an own post says; who sees it stays. Goes to everybody who has it or was to get it. */
export async function edit(
  tx: Tx,
  me: Identity,
  postId: string,
  text: string,
  warning: string,
  now: number,
): Promise<void> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own) throw new NodeError("post-not-found", "no own post");
  const words = await wordsOf(tx, text, warning);
  if (words.source === row.source && words.warning === row.warning) return;
  await keepRevision(tx, idOf("revision", postId, String(now)), row, now);
  const { html, source } = words;
  await updatePost(tx, postId, { html, source, warning: words.warning, editedAt: new Date(now) });
  const delivered = (await deliveriesOf(tx, [postId], MOST)).filter(({ state }) => state === "delivered");
  for (const { id, host } of await hostsOf(tx, delivered.map(({ personId }) => personId))) {
    if (id !== me.ownerId) await send(tx, host, { kind: "post", about: { postId, personId: id } }, now);
  }
}
