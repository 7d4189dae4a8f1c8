import { asNodeError, type ErrorCode, NodeError } from "../lib/errors.ts";
import { BodyTooLarge } from "./http-bridge.ts";

/** What a NodeError is in HTTP (RFC 9110, 15). Whatever is not listed is the reader's to mend: 422. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  "bad-request": 400,
  "wrong-passphrase": 403,
  "form-expired": 403,
  "not-allowed": 403,
  "peer-refused": 403,
  "not-found": 404,
  "post-not-found": 404,
  "person-not-found": 404,
  "audience-not-found": 404,
  "message-not-found": 404,
  "vault-exists": 409,
  "wait-before-retry": 429,
  internal: 500,
  "vault-damaged": 500,
  "database-missing": 500,
  "database-damaged": 500,
  "migration-failed": 500,
  sealed: 503,
  "not-set-up": 503,
  "tor-down": 503,
  "tor-missing": 503,
  "peer-off": 503,
  "disk-full": 507,
};

const BAD_REQUEST = 400;
const UNDERSTOOD_BUT_NOT_DONE = 422;

export function statusOf(error: NodeError): number {
  return STATUS[error.code] ?? UNDERSTOOD_BUT_NOT_DONE;
}

/** Whatever was thrown: a NodeError with its status. What Express's own readers throw is the sender's fault. */
export function failureOf(thrown: unknown): { error: NodeError; status: number } {
  if (thrown instanceof BodyTooLarge)
    return { error: new NodeError("bad-request", "body too large"), status: 413 };
  if (thrown instanceof URIError || isClientError(thrown)) {
    return { error: new NodeError("bad-request", "not readable"), status: BAD_REQUEST };
  }
  const error = asNodeError(thrown);
  return { error, status: statusOf(error) };
}

function isClientError(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !("status" in thrown)) return false;
  return typeof thrown.status === "number" && thrown.status >= 400 && thrown.status < 500;
}
