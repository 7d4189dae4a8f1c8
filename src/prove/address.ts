import type { Finding, NodeFacts } from "./finding.ts";

/** What Tor has published for this node: the one address, or nothing. */
export function checkAddress(facts: NodeFacts | null): Finding {
  const found = (good: boolean | null, sentence: string): Finding => ({ check: "address", good, sentence });
  if (facts === null || facts.onion === null) {
    const why = facts === null ? "TSSOP is not running with this folder" : "everything is locked";
    return found(
      facts === null ? null : (facts.tor?.published ?? []).length === 0,
      `Nothing is published: ${why}.`,
    );
  }
  if (facts.tor === null) return found(null, "Tor is not up, so nothing is published now.");
  const own = facts.onion.replace(/\.onion$/, "");
  const { published, brief } = facts.tor;
  const others = published.filter((address) => address !== own && !brief.includes(address));
  if (others.length > 0)
    return found(false, `Tor has published ${others.length} addresses that are not yours.`);
  if (published.length === 0) return found(true, "Tor has published nothing yet.");
  const byWords = published.some((address) => brief.includes(address));
  const beside = byWords
    ? " Another one is there for whoever has your eight words, until they are used or over."
    : "";
  return found(
    true,
    `Tor has published one address, yours, which ends in ${own.slice(-8)}.onion. Its keys are in no file.${beside}`,
  );
}
