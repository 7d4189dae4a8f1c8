import { idOf } from "../lib/ids.ts";
import type { ReadClient } from "../store/tx.ts";

export type StampToSend = {
  id: string;
  state: string;
  uri: string;
  quotingUri: string;
  postUri: string;
  person: { uri: string; inbox: string };
};

export async function quoteStamp(read: ReadClient, id: string): Promise<StampToSend | null> {
  const row = await read.quoteStamp.findUnique({
    where: { id },
    include: {
      post: { select: { uri: true } },
      person: { select: { uri: true, inbox: true } },
    },
  });
  if (row === null) return null;
  const { state, uri, quotingUri, post, person } = row;
  return { id, state, uri, quotingUri, postUri: post.uri, person };
}

export type QuoteToCheck = { uri: string; author: string; quoteOfUri: string; stamp: string };

/** A post of somebody else whose quote waits; null: nothing is to be looked up. */
export async function quoteToCheck(read: ReadClient, postId: string): Promise<QuoteToCheck | null> {
  const row = await read.post.findUnique({
    where: { id: postId },
    include: { author: { select: { uri: true } } },
  });
  if (row === null || row.own || row.quoteState !== "waiting") return null;
  return { uri: row.uri, author: row.author.uri, quoteOfUri: row.quoteOfUri, stamp: row.quoteStamp };
}

/** Whether a post is here, is this person's, and quotes that one. */
export async function quotes(
  read: ReadClient,
  what: { personId: string; postId: string; quotingUri: string },
): Promise<boolean> {
  const { personId: authorId, postId: quoteOfId, quotingUri: uri } = what;
  const where = { id: idOf(uri), authorId, quoteOfId };
  return (await read.post.findFirst({ where, select: { id: true } })) !== null;
}
