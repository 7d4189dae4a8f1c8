import { PAGE_SIZE, type Page } from "../../../lib/page.ts";
import type { Fields } from "../fields.ts";

const CURSOR = /^\d{21}$/;

/** Which page of a list a query asks for; anything that is no cursor of ours asks for the first. */
export function askedPage(fields: Fields, limit = PAGE_SIZE): Page {
  const before = fields.text("before");
  const after = fields.text("after");
  if (CURSOR.test(before)) return { before, limit };
  return CURSOR.test(after) ? { after, limit } : { limit };
}
