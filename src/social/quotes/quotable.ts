import { isOpen, type Reach } from "../posts/reach.ts";

/** Who may quote a post without asking. subscribers: others may ask. nobody: nor ask. */
export type Quotable = "everyone" | "subscribers" | "nobody";

export const quotables: readonly Quotable[] = ["everyone", "subscribers", "nobody"];

export function isQuotable(text: string): text is Quotable {
  return quotables.some((one) => one === text);
}

/** What holds for a post: when nothing was said, everyone; what is not for everyone is nobody's to quote. */
export function quotableOf(said: string, reach: Reach): Quotable {
  if (!isOpen(reach)) return "nobody";
  return isQuotable(said) ? said : "everyone";
}
