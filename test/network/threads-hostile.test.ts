import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AnswerLists, answerLists } from "../support/answer-lists.ts";
import { type Besieged, besiege } from "../support/besieged.ts";

let at: Besieged;
let on: AnswerLists;
beforeEach(async () => {
  at = await besiege();
  on = answerLists(at);
});
afterEach(() => at[Symbol.asyncDispose]());

const looked = (values: object) => expect.objectContaining({ at: "looked", ...values });

describe("A26: a list of answers", () => {
  test("with a million items is not read, and that is said", async () => {
    const note = on.published(at.friend);
    const many = Array.from({ length: 1_000_000 }, (_, n) => `http://a.example/${n}`);
    on.lists(at.friend, note, many);
    await on.arrived(note);
    expect(await on.look(note)).toEqual(looked({ missing: 0, listRefused: true }));
    expect(await at.anna.store.read.missingPost.count()).toBe(0);
  });

  test.each([
    { aPage: 30, pages: 5, posts: 150 },
    { aPage: 90, pages: 3, posts: 200 },
  ])("without end: $pages pages, $posts posts, and the rest is said to be there", async (bounds) => {
    const note = on.published(at.friend);
    const list = `${note.id}/replies`;
    on.serve(at.friend, list, { type: "Collection", first: `${list}/1` });
    for (let page = 1; page <= 30; page += 1)
      on.serve(at.friend, `${list}/${page}`, {
        type: "CollectionPage",
        next: `${list}/${page + 1}`,
        items: Array.from({ length: bounds.aPage }, (_, n) => `${at.attacker.origin}/none/${page}-${n}`),
      });
    await on.arrived(note);
    expect(await on.look(note)).toEqual(looked({ gone: bounds.posts, cut: true }));
    expect(on.asked(at.friend.host).filter((line) => line.includes("/replies/"))).toHaveLength(bounds.pages);
    const posts = on.asked(at.attacker.host).filter((line) => line.includes("/none/"));
    expect(posts).toHaveLength(bounds.posts);
  });

  test("that leads from list to list: forty pages in all, and no more", async () => {
    const note = on.published(at.friend);
    const answers = Array.from({ length: 30 }, () => on.published(at.attacker, { inReplyTo: note.id }));
    for (const answer of answers) on.lists(at.attacker, answer, []);
    on.lists(
      at.friend,
      note,
      answers.map(({ id }) => id),
    );
    await on.arrived(note);
    expect(await on.look(note)).toEqual(looked({ missing: 0, cut: true }));
    const pages = [at.friend, at.attacker].flatMap(({ host }) => on.asked(host));
    expect(pages.filter((line) => line.includes("/replies"))).toHaveLength(40);
  });

  test("in circles: each page once, and each post once", async () => {
    const note = on.published(at.friend);
    const answer = on.published(at.attacker, { inReplyTo: note.id });
    on.lists(at.friend, note, [answer.id, answer.id, note.id], { next: `${note.id}/replies/1` });
    on.lists(at.attacker, answer, [note.id, answer.id]);
    await on.arrived(note);
    await on.look(note);
    expect(await on.below(note)).toEqual([answer.id]);
    expect(on.asked(at.friend.host).filter((line) => line.endsWith("/replies/1")).length).toBeLessThanOrEqual(
      2,
    );
    expect(
      on.asked(at.attacker.host).filter((line) => line.endsWith(new URL(answer.id).pathname)),
    ).toHaveLength(1);
  });

  test("on another host than its post is not read, nor a page on another host", async () => {
    const elsewhere = on.published(at.friend, { replies: `${at.attacker.origin}/list` });
    await on.arrived(elsewhere);
    expect(await on.gap(elsewhere)).toBeNull();
    const note = on.published(at.friend);
    on.serve(at.friend, `${note.id}/replies`, { type: "Collection", first: `${at.attacker.origin}/list` });
    await on.arrived(note);
    await on.look(note);
    expect(on.asked(at.attacker.host).filter((line) => line.endsWith("/list"))).toEqual([]);
  });

  test("cannot put words into anybody's mouth: what is embedded, forged or of another thread is not kept", async () => {
    const carol = at.stranger("carol");
    const note = on.published(at.friend);
    const embedded = { ...at.note(carol, { inReplyTo: note.id }), id: `${at.friend.origin}/notes/forged` };
    const forged = on.published(at.friend, { attributedTo: carol.uri, inReplyTo: note.id });
    const elsewhere = on.published(carol);
    on.lists(at.friend, note, [embedded, forged.id, elsewhere.id]);
    await on.arrived(note);
    await on.look(note);
    expect(await on.below(note)).toEqual([]);
    for (const { id } of [embedded, forged, elsewhere]) expect(await at.stored(id)).toBeNull();
    expect(await at.anna.store.read.person.count({ where: { uri: carol.uri } })).toBe(0);
  });

  test("that leads to this device makes it ask nobody", async () => {
    const note = on.published(at.friend);
    on.lists(at.friend, note, [`http://${at.anna.host}/posts/${"a".repeat(32)}`, "javascript:alert(1)", 7]);
    await on.arrived(note);
    expect(await on.look(note)).toEqual(looked({ missing: 0 }));
    expect(on.asked(at.anna.host)).toEqual([]);
  });
});
