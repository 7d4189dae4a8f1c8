import { keepKeys } from "../../src/social/messages/keys/own.ts";
import type { Said } from "../../src/social/messages/letter.ts";
import { messagesWith } from "../../src/social/messages/thread.ts";
import type { MessageView } from "../../src/social/messages/view.ts";
import { writeMessage } from "../../src/social/messages/write.ts";
import type { PersonView } from "../../src/social/people/view.ts";
import { type OwnerDesk, openOwnerDesk } from "./owner-desk.ts";
import { KEY, OTHER_KEY, type Talker, talker } from "./talk.ts";

/** The fingerprint of the key that everybody has here at first, and another. */
export const FINGERPRINTS = { first: KEY, other: OTHER_KEY };

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
  const talkers = new Map<string, Talker>();
  const of = ({ id }: PersonView): Talker => {
    const found = talkers.get(id);
    if (found === undefined) throw new Error("nobody who was met here");
    return found;
  };
  const change: TalkDesk["change"] = async ({ id }, data) => {
    await acting.transact((tx) => tx.person.update({ where: { id }, data }));
  };
  const closing = stack.move();
  return {
    desk,
    async meet(name) {
      const handle = name.toLowerCase().replace(/[^a-z]/g, "");
      const one = await talker(desk, handle, hostOf(handle));
      talkers.set(one.person.id, one);
      await change(one.person, { name });
      return { ...one.person, name };
    },
    change,
    putKey: (person, fingerprint, state, verified) => of(person).putKey(fingerprint, state, verified),
    does: (person, content) => of(person).say(content),
    says: (person, text) => of(person).write(text),
    writes: ({ id: personId }, text) =>
      acting.transact((tx) =>
        writeMessage(tx, acting.me, { personId, text, replyToId: "" }, acting.now(), acting.random),
      ),
    messages: async ({ id }) => (await messagesWith(acting.read, id, { limit: 80 }, acting.now())).items,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
