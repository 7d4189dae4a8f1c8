import type { NextFunction, Request, Response } from "express";
import { asNodeError, type ErrorCode, NodeError } from "../../lib/errors.ts";
import type { Log } from "../../lib/log.ts";

/** Something an app asked for that makes no sense: answered with 422 and the sentence. */
export function notUnderstood(sentence: string): NodeError {
  return new NodeError("bad-request", "an app asked for something that cannot be done", { safe: sentence });
}

export function notFound(): NodeError {
  return new NodeError("not-found", "an app asked for something that is not there", {
    safe: "Record not found",
  });
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  "not-found": 404,
  "post-not-found": 404,
  "person-not-found": 404,
  "audience-not-found": 404,
  "not-allowed": 403,
  "peer-refused": 403,
  sealed: 503,
  "not-set-up": 503,
  "tor-down": 503,
  "peer-off": 503,
  "disk-full": 507,
  internal: 500,
};

function statusOf(error: NodeError): number {
  return STATUS[error.code] ?? 422;
}

/** Express knows an error handler by its four parameters. */
export function sayError(log: Log) {
  return (thrown: unknown, _req: Request, res: Response, next: NextFunction): void => {
    if (res.headersSent) {
      next(thrown);
      return;
    }
    const status = statusOfBodyReader(thrown);
    if (status !== null) {
      res.status(status).json({ error: status === 413 ? "That is too long." : "That could not be read." });
      return;
    }
    const error = asNodeError(thrown);
    if (error.code === "internal") log.error("an app's request failed", thrown);
    const answer = statusOf(error);
    if (answer === 503) res.set("Retry-After", "30");
    res.status(answer).json({ error: error.safe });
  };
}

/** body-parser's errors carry a status of their own. */
function statusOfBodyReader(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !("status" in thrown) || typeof thrown.status !== "number") return null;
  return thrown.status >= 400 && thrown.status < 500 ? thrown.status : null;
}
