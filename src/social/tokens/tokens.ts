import { createHash } from "node:crypto";
import { NodeError } from "../../lib/errors.ts";
import { type Random, randomId } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { deleteToken, insertToken, type TokenView, tokenRow, tokenRows } from "./queries.ts";

export type { TokenView };

/** Access for an app. The secret is returned once; only its hash is kept. Throws "bad-request". */
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

const SCOPE = /^(follow|(read|write)(:[a-z]{1,20})?)$/;

/** "read write:statuses" -> its words, each once. Throws "bad-request" for one that apps do not know. */
function scopesOf(text: string): string[] {
  const words = text.split(/[\s+]+/).filter((word) => word !== "");
  const odd = words.length === 0 ? "" : words.find((word) => !SCOPE.test(word));
  if (odd === undefined) return [...new Set(words)];
  throw new NodeError("bad-request", "an unknown scope", {
    safe: `“${odd.slice(0, 40)}” is not something an app can be allowed. Use read, write and follow, or parts like read:statuses.`,
  });
}
