import type { Request } from "express";

/** Set by our script when a page looks for changes or saves a draft by itself: the owner did not do anything. */
const BACKGROUND = "x-tssop-live";

export function inBackground(req: Request): boolean {
  return req.headers[BACKGROUND] !== undefined;
}
