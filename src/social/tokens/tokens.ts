import { createHash } from "node:crypto";
import { type Random, randomId } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { deleteToken, insertToken, type TokenView, tokenRow, tokenRows } from "./queries.ts";

export type { TokenView };

/** Access for an app. The secret is returned once; only its hash is kept. */
export async function createToken(
  tx: Tx,
  o: { name: string; scopes: string; random: Random },
  now: number,
): Promise<string> {
  const secret = `tssop_${o.random(32).toString("base64url")}`;
  const scopes = scopesOf(o.scopes).join(" ");
  const id = randomId(o.random);
  await insertToken(tx, {
    id,
    hash: hashOf(secret),
    name: o.name.slice(0, 100),
    scopes,
    createdAt: new Date(now),
  });
  return secret;
}

/** null: not a token of ours. Found by its hash, so the time it takes says nothing about the secret. */
export async function checkToken(read: ReadClient, secret: string): Promise<TokenView | null> {
  return tokenRow(read, hashOf(secret));
}

export function listTokens(read: ReadClient): Promise<TokenView[]> {
  return tokenRows(read);
}

export async function revokeToken(tx: Tx, id: string): Promise<void> {
  await deleteToken(tx, id);
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** "read write:statuses" -> its words, each once. */
export function scopesOf(text: string): string[] {
  return [...new Set(text.split(/[\s+]+/).filter((scope) => /^[a-z_:]{1,40}$/.test(scope)))];
}
