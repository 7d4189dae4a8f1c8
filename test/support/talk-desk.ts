import { systemRandom } from "../../src/lib/ids.ts";
import { keepKeys } from "../../src/social/messages/keys/own.ts";
import { conversationOf, type Said } from "../../src/social/messages/letter.ts";
import { receiveLetter } from "../../src/social/messages/receive-letter.ts";
import { messagesWith } from "../../src/social/messages/thread.ts";
import type { MessageView } from "../../src/social/messages/view.ts";
import { writeMessage } from "../../src/social/messages/write.ts";
import type { PersonView } from "../../src/social/people/view.ts";
import { type OwnerDesk, openOwnerDesk } from "./owner-desk.ts";

const KEY = "ab".repeat(32);
/** The fingerprint of the key that everybody has here at first, and another. */
export const FINGERPRINTS = { first: KEY, other: "cd".repeat(32) };

/** The owner's pages, and others who write to the owner as their letters would say when they are open. */
export interface TalkDesk extends AsyncDisposable {
  readonly desk: OwnerDesk;
  /** Somebody becomes known, whose device understands letters. */
  meet(name: string): Promise<PersonView>;
  /** What says how one can be written to. */
  change(person: PersonView, data: { friendly?: boolean; keyUri?: string; name?: string }): Promise<void>;
  putKey(person: PersonView, fingerprint: string, state: string, verified?: string): Promise<void>;
  says(person: PersonView, text: string): Promise<void>;
  does(person: PersonView, content: Said): Promise<void>;
  /** The owner's; returns its id. */
  writes(person: PersonView, text: string): Promise<string>;
  /** Newest first. */
  messages(person: PersonView): Promise<MessageView[]>;
}

const hostOf = (name: string) =>
  `${[...Buffer.from(name)]
    .map((byte) => (byte % 26) + 97)
    .map((code) => String.fromCharCode(code))
    .join("")
    .padEnd(55, "a")}d.onion`;

export async function openTalkDesk(phase: "open" | "screen-locked" = "open"): Promise<TalkDesk> {
  await using stack = new AsyncDisposableStack();
  const desk = stack.use(await openOwnerDesk(phase));
  const { acting } = desk;
  await keepKeys(acting, acting.me, acting.now());
  let seq = 0;
  const does = async (person: PersonView, content: Said) => {
    const now = acting.now();
    seq += 1;
    const letter = {
      ...{ v: 1 as const, id: systemRandom(16).toString("hex"), from: person.uri, to: acting.me.ownerUri },
      ...{ fromKey: KEY, toKey: KEY, conv: conversationOf(person.uri, acting.me.ownerUri), seq, prev: "" },
      ...{ published: now, content },
    };
    const coming = { personId: person.id, signedBy: KEY, signedAt: now, arrivedAt: now };
    await acting.transact((tx) => receiveLetter(tx, letter, coming));
  };
  const change: TalkDesk["change"] = async ({ id }, data) => {
    await acting.transact((tx) => tx.person.update({ where: { id }, data }));
  };
  const closing = stack.move();
  return {
    desk,
    async meet(name) {
      const handle = name.toLowerCase().replace(/[^a-z]/g, "");
      const person = await desk.house.meet(handle, hostOf(handle));
      await change(person, { friendly: true, keyUri: `${person.uri}/openpgp`, name });
      return { ...person, name };
    },
    change,
    async putKey({ id: personId }, fingerprint, state, verified = "") {
      const at = new Date(acting.now());
      const times = { firstSeenAt: at, ...(verified === "" ? {} : { verifiedAt: at }) };
      const certificate = new Uint8Array(1);
      await acting.transact((tx) =>
        tx.personKey.create({ data: { personId, fingerprint, state, verified, certificate, ...times } }),
      );
    },
    does,
    says: (person, text) => does(person, { kind: "text", text, replyTo: "", vanish: 0 }),
    writes: ({ id: personId }, text) =>
      acting.transact((tx) =>
        writeMessage(tx, acting.me, { personId, text, replyToId: "" }, acting.now(), acting.random),
      ),
    messages: async ({ id }) => (await messagesWith(acting.read, id, { limit: 80 }, acting.now())).items,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
