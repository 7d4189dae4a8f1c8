import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { rewrite } from "../posts/edit.ts";
import { postRow } from "../posts/queries.ts";
import { articleWords, type TypedArticle } from "./words.ts";

/** Changes what an own long post says; who sees it stays. Throws "post-not-found" and what articleWords throws. */
export async function editArticle(
  tx: Tx,
  me: Identity,
  postId: string,
  article: TypedArticle & { language?: string },
  now: number,
): Promise<void> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own || row.kind !== "article") {
    throw new NodeError("post-not-found", "no own long post");
  }
  const { language } = article;
  const extra = language === undefined ? {} : { language };
  await rewrite(tx, me, row, await articleWords(tx, article), now, extra);
}
