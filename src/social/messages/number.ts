import { createHash } from "node:crypto";

export type Half = { uri: string; fingerprint: string };

const ROUNDS = 5200;
const GROUPS = 6;

/**
 * What two people read to each other: sixty digits, twelve groups of five, the same at both. Half of them is made of each
 * one's address and key, slowly (as Signal's safety numbers), so that nobody finds another key for the same digits.
 */
export function digitsOf(one: Half, other: Half): string[] {
  return [half(one), half(other)].sort().join(" ").split(" ");
}

function half({ uri, fingerprint }: Half): string {
  const key = Buffer.from(fingerprint, "hex");
  let hash: Buffer = Buffer.from(uri, "utf8");
  for (let round = 0; round < ROUNDS; round++) hash = createHash("sha512").update(hash).update(key).digest();
  const groups = Array.from({ length: GROUPS }, (_, at) => hash.readUIntBE(at * 5, 5) % 100_000);
  return groups.map((group) => String(group).padStart(5, "0")).join(" ");
}
