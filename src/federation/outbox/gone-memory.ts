import type { Clock } from "../../lib/clock.ts";
import { NodeError } from "../../lib/errors.ts";
import { idOf } from "../../lib/ids.ts";
import type { Store } from "../../store/store.ts";
import type { Documents } from "../documents.ts";
import { markGone, momentsNamed, personByInbox, removeMoment, setMoment } from "./queries.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const PREFIX = "gone ";
/** Inboxes that say so at a time; beyond, a further one is only tried again. */
const MOST = 5_000;

/**
 * Since when an inbox says that nobody is there: kept over a restart, for the second time counts a day later only. A
 * person is gone when their own address says so too; an inbox alone may be set up wrongly.
 */
export type GoneMemory = {
  /** An inbox answered 404 or 410. True: so it did a day ago, and so does the person's address. */
  isGone(inbox: string): Promise<boolean>;
  /** It answered anything else. */
  forget(inbox: string): Promise<void>;
};

export async function createGoneMemory(o: {
  store: Store;
  documents: Pick<Documents, "load">;
  now: Clock;
}): Promise<GoneMemory> {
  const { store, now } = o;
  const since = new Map((await momentsNamed(store.read, PREFIX)).map(({ name, at }) => [name, at]));
  const nameOf = (inbox: string) => PREFIX + idOf(inbox);

  async function forget(inbox: string): Promise<void> {
    const name = nameOf(inbox);
    if (since.delete(name)) await store.transact((tx) => removeMoment(tx, name));
  }

  return {
    forget,
    async isGone(inbox) {
      const name = nameOf(inbox);
      const first = since.get(name);
      if (first === undefined) {
        if (since.size >= MOST) return false;
        since.set(name, now());
        await store.transact((tx) => setMoment(tx, name, now()));
        return false;
      }
      if (now() - first < DAY_MS) return false;
      const person = await personByInbox(store.read, inbox);
      if (person !== null && !(await saysGone(o.documents, person.uri))) return false;
      if (person !== null) await store.transact((tx) => markGone(tx, person.id));
      await forget(inbox);
      return true;
    },
  };
}

async function saysGone(documents: Pick<Documents, "load">, uri: string): Promise<boolean> {
  try {
    await documents.load(uri);
    return false;
  } catch (error) {
    return error instanceof NodeError && error.code === "not-found";
  }
}
