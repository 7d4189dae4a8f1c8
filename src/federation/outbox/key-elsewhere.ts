import { NodeError } from "../../lib/errors.ts";
import { learnKey } from "../../social/messages/keys/learn.ts";
import { messengersOf } from "../../social/messages/keys/queries.ts";
import { isStopped, usedKey } from "../../social/messages/keys/trust.ts";
import { changeConversation, conversationRow } from "../../social/messages/queries.ts";
import { fetchKey } from "../fetch-key.ts";
import { mayGoTo } from "../outside.ts";
import type { Parts } from "../parts.ts";
import { contactOf } from "../queries.ts";
import { wkdPath } from "../wkd.ts";
import { fetchPerson } from "./fetch.ts";

/** Milliseconds that one contact lasts, as far as a key that their profile names is concerned. */
const CONTACT = 60_000;
/** Servers that know of no keys are asked for one so often. Milliseconds. */
const AGAIN = 24 * 60 * 60_000;

/**
 * What is known of the key of somebody elsewhere, once it was asked for. used: messages go to it. changed: to none, until the owner has
 * looked. none: they have none. friendly: their device understands our letters by now.
 */
export type KeyThere = "used" | "changed" | "none" | "friendly";

/**
 * Asks their own host: where their profile says that the key is, or where an OpenPGP program would look for it by their address
 * (Web Key Directory). A key that is known stays known when nothing is there. Throws "peer-off", "tor-down", "server-outside",
 * "clearnet-refused".
 */
export async function keyElsewhere(parts: Parts, personId: string, signal: AbortSignal): Promise<KeyThere> {
  const { read } = parts.store;
  const known = (await messengersOf(read, [personId])).get(personId);
  if (known === undefined) return "none";
  if (known.friendly) return "friendly";
  const before = await usedKey(read, personId);
  if (before !== null && !(await isDue(parts, personId, known.keyUri, before.askedAt.getTime())))
    return usable(parts, personId);
  await mayGoTo(parts, new URL(known.uri).host, "owner");
  await profileNow(parts, known.uri);
  const named = (await messengersOf(read, [personId])).get(personId);
  if (named === undefined) return "none";
  if (named.friendly) return "friendly";
  if (!(await isDue(parts, personId, named.keyUri, before?.askedAt.getTime() ?? 0)))
    return before === null ? "none" : usable(parts, personId);
  const keyUri = named.keyUri || new URL(await wkdAddress(parts, personId), named.uri).href;
  return askAt(parts, personId, { ...named, keyUri }, signal);
}

/** What their host names is one thing, and whether the owner has a question open about it another. */
async function usable({ store }: Parts, personId: string): Promise<KeyThere> {
  return (await isStopped(store.read, personId)) ? "changed" : "used";
}

/** Whether their host is to be asked for the key itself. `askedAt`: when it was last got; milliseconds. */
async function isDue(parts: Parts, personId: string, keyUri: string, askedAt: number): Promise<boolean> {
  return keyUri === "" ? wasNotSought(parts, personId) : askedAt <= parts.now() - CONTACT;
}

async function wasNotSought({ store, now }: Parts, personId: string): Promise<boolean> {
  const sought = (await conversationRow(store.read, personId))?.soughtAt.getTime() ?? 0;
  return sought <= now() - AGAIN;
}

/** Who reads without saying so may be shown nothing there: then what is known counts. */
async function profileNow(parts: Parts, uri: string): Promise<void> {
  try {
    await fetchPerson(parts, uri);
  } catch (error) {
    if (!(error instanceof NodeError) || isPassing(error)) throw error;
  }
}

async function wkdAddress({ store }: Parts, personId: string): Promise<string> {
  const handle = (await contactOf(store.read, personId))?.handle ?? "";
  return `${wkdPath(handle)}?l=${encodeURIComponent(handle)}`;
}

async function askAt(
  parts: Parts,
  personId: string,
  messenger: Parameters<typeof fetchKey>[0],
  signal: AbortSignal,
): Promise<KeyThere> {
  const { store, now } = parts;
  const note = async () => {
    await store.transact((tx) => changeConversation(tx, personId, { soughtAt: new Date(now()) }));
  };
  try {
    const bytes = await fetchKey(messenger, signal);
    await store.transact((tx) => learnKey(tx, personId, bytes, now()));
    await note();
    return usable(parts, personId);
  } catch (error) {
    if (!(error instanceof NodeError) || isPassing(error)) throw error;
    await note();
    return (await usedKey(store.read, personId)) === null ? "none" : usable(parts, personId);
  }
}

/** It may be different in a while. */
function isPassing({ code }: NodeError): boolean {
  return ["peer-off", "tor-down", "server-outside", "clearnet-refused"].includes(code);
}
