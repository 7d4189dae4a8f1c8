import { expect } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { thread } from "../../src/social/posts/thread.ts";
import { type Gap, gapOf } from "../../src/social/threads/gap.ts";
import { theOwner } from "../../src/social/viewer.ts";
import { AS, type Besieged } from "./besieged.ts";
import type { Peer } from "./peer.ts";

export type Note = { id: string; content: string };

/** Notes by others with lists of what answers them, as Mastodon writes both, and what Anna makes of them. */
export type AnswerLists = ReturnType<typeof answerLists>;

export function answerLists(at: Besieged) {
  const { anna, friend } = at;
  const emptyPage = (list: string) => ({
    type: "CollectionPage",
    next: `${list}/1`,
    partOf: list,
    items: [],
  });

  /** What a host answers at an address of its own. */
  function serve(peer: Peer, address: string, document: object): void {
    peer.documents.set(new URL(address).pathname, { "@context": AS, id: address, ...document });
  }
  const gap = (note: Note) => gapOf(anna.store.read, idOf(note.id));

  return {
    serve,
    gap,
    /** A note that stands at its own address. */
    published(by: Peer, values: object = {}): Note {
      const note = at.note(by, values);
      const list = `${note.id}/replies`;
      serve(by, note.id, { replies: { id: list, type: "Collection", first: emptyPage(list) }, ...note });
      return note;
    },
    /** The list of answers to a note: an empty first page, and one with these. */
    lists(by: Peer, note: Note, items: unknown[], values: object = {}): void {
      const list = `${note.id}/replies`;
      serve(by, list, { type: "Collection", first: emptyPage(list) });
      serve(by, `${list}/1`, { type: "CollectionPage", partOf: list, items, ...values });
    },
    /** The friend's post arrives at Anna's, with where answers to it are listed. */
    async arrived(note: Note): Promise<void> {
      const document = friend.documents.get(new URL(note.id).pathname);
      expect(await at.send(friend, at.activity(friend, "Create", document))).toBe(202);
      await anna.runner.idle();
    },
    async look(note: Note): Promise<Gap | null> {
      await anna.federation.lookForAnswers(idOf(note.id));
      await anna.runner.idle();
      return gap(note);
    },
    async below(note: Note): Promise<string[] | undefined> {
      const found = await thread(anna.acting.read, anna.acting.me, idOf(note.id), theOwner);
      return found?.after.map(({ uri }) => uri);
    },
    asked: (host: string) => at.fediverse.requests.filter((line) => line.startsWith(`GET ${host} `)),
  };
}
