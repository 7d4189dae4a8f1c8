import { checkAddress } from "./address.ts";
import { checkFiles } from "./files.ts";
import type { Finding, NodeFacts } from "./finding.ts";
import { checkSockets } from "./sockets.ts";
import { checkVersions } from "./versions.ts";
import { findWords } from "./words.ts";

type Options = {
  folder: string;
  /** Of the owner's: from a name, a post, an address. */
  words: string[];
  facts: NodeFacts | null;
  torBinary: string | null;
  node: string;
  now: number;
};

/** What an owner can check of their own node and files, each with its result in a sentence. Changes nothing. */
export function prove({ folder, words, facts, torBinary, node, now }: Options): Finding[] {
  return [
    findWords(folder, words),
    checkFiles(folder),
    ...checkSockets(facts),
    checkAddress(facts),
    ...checkVersions({ facts, torBinary, node, now }),
  ];
}
