import { systemRandom } from "../../src/lib/ids.ts";
import { keepKeys } from "../../src/social/messages/keys/own.ts";
import { conversationOf, type Said } from "../../src/social/messages/letter.ts";
import { receiveLetter } from "../../src/social/messages/receive-letter.ts";
import type { PersonView } from "../../src/social/people/view.ts";
import type { OwnerDesk } from "./owner-desk.ts";

export const KEY = "ab".repeat(32);
export const OTHER_KEY = "cd".repeat(32);

/** Somebody whose device understands our letters, and what comes from them, as it stands once it was opened. */
export type Talker = {
  readonly person: PersonView;
  say(content: Said): Promise<void>;
  write(text: string): Promise<void>;
  /** Their key as it is known here. */
  putKey(fingerprint: string, state: string, verified?: string): Promise<void>;
};

export async function talker(desk: OwnerDesk, name: string, host: string): Promise<Talker> {
  const { acting, house } = desk;
  await keepKeys(acting, acting.me, acting.now());
  const person = await house.meet(name, host);
  await acting.transact((tx) =>
    tx.person.update({
      where: { id: person.id },
      data: { friendly: true, keyUri: `${person.uri}/openpgp` },
    }),
  );
  let seq = 0;
  const say = async (content: Said) => {
    const published = acting.now();
    seq += 1;
    const between = { from: person.uri, to: acting.me.ownerUri, fromKey: KEY, toKey: KEY };
    const conv = conversationOf(person.uri, acting.me.ownerUri);
    const id = systemRandom(16).toString("hex");
    const coming = { personId: person.id, signedBy: KEY, signedAt: published, arrivedAt: published };
    await acting.transact((tx) =>
      receiveLetter(tx, { v: 1, id, ...between, conv, seq, prev: "", published, content }, coming),
    );
  };
  return {
    person,
    say,
    write: (text) => say({ kind: "text", text, replyTo: "", vanish: 0 }),
    async putKey(fingerprint, state, verified = "") {
      const at = new Date(acting.now());
      const facts = { state, verified, certificate: new Uint8Array(1), firstSeenAt: at, verifiedAt: at };
      await acting.transact((tx) =>
        tx.personKey.create({ data: { personId: person.id, fingerprint, ...facts } }),
      );
    },
  };
}
