/** One thing that was looked at. `good: null`: it cannot be looked at here, and the sentence says why. */
export type Finding = { check: Check; good: boolean | null; sentence: string };
export type Check = "words" | "files" | "sockets" | "address" | "versions";

/** What the running node says of itself; null: it is not running. */
export type NodeFacts = {
  pid: number;
  /** Of the owner's page, on 127.0.0.1. */
  port: number;
  node: string;
  /** null while Tor is not up. */
  tor: { pid: number; version: string; published: string[]; brief: string[] } | null;
  /** "<56>.onion", or null while sealed. */
  onion: string | null;
};
