import { describe, expect, test } from "vitest";
import { forNobodyElse } from "../../../src/social/audiences/choice.ts";
import { MOST_CHOSEN } from "../../../src/social/posts/limits.ts";
import { answerableIn, answersOf } from "../../../src/web/html/answers-field.tsx";
import { Fields } from "../../../src/web/owner/fields.ts";
import { asMeant, readAnswers, readChoice } from "../../../src/web/owner/pages/read-choice.ts";

const id = (n: number) => n.toString(16).padStart(32, "0");
const [mia, jonas, family] = [id(1), id(2), id(3)];
const form = (...texts: [string, string][]) => new Fields(texts);

describe("a choice in a form", () => {
  test("is people, audiences and who is left out, each once", () => {
    const fields = form(
      ["reach", "chosen"],
      ["to", mia],
      ["to", mia],
      ["in", family],
      ["in", "friends"],
      ["out", jonas],
      ["out", family],
    );
    expect(readChoice(fields)).toEqual({
      reach: "chosen",
      people: [mia],
      audiences: [family, "friends"],
      without: [jonas, family],
    });
  });
  test("all subscribers ticked means subscribers, whatever else is", () => {
    const choice = readChoice(form(["reach", "chosen"], ["in", "subscribers"], ["to", mia]));
    expect(choice).toMatchObject({ reach: "subscribers", people: [mia], audiences: [] });
  });
  test("under one prefix is not read under another", () => {
    const fields = form(["note-reach", "me"], ["article-reach", "chosen"], ["article-to", mia]);
    expect(readChoice(fields)).toBeNull();
    expect(readChoice(fields, "note-")).toEqual(forNobodyElse);
    expect(readChoice(fields, "article-")).toMatchObject({ reach: "chosen", people: [mia] });
  });
  test.each(["", "friends", "<b>", "EVERYONE"])("of the reach “%s” is none", (reach) => {
    expect(readChoice(form(["reach", reach], ["to", mia]))).toBeNull();
  });
  test("leaves out what is no id, and of ten thousand people keeps one more than may be chosen", () => {
    const odd = ["'; DROP TABLE", "<script>", "../..", `${mia}0`, mia.toUpperCase().replace("0", "G")];
    const many = Array.from({ length: 10_000 }, (_, at): [string, string] => ["to", id(at)]);
    const fields = form(["reach", "chosen"], ...odd.map((one): [string, string] => ["to", one]), ...many);
    expect(readChoice(fields)?.people).toHaveLength(MOST_CHOSEN + 1);
    const left = form(["reach", "chosen"], ...odd.map((one): [string, string] => ["out", one]), [
      "out",
      jonas,
    ]);
    expect(readChoice(left)?.without).toEqual([jonas]);
  });
  test("of those left out none is forgotten, however many", () => {
    const many = Array.from({ length: 10_000 }, (_, at): [string, string] => ["out", id(at)]);
    expect(readChoice(form(["reach", "chosen"], ...many))?.without).toHaveLength(10_000);
  });
  test("means nothing by ticks under everyone or only me", () => {
    const ticked = { people: [mia], audiences: [family], without: [jonas] };
    expect(asMeant({ reach: "me", ...ticked })).toEqual(forNobodyElse);
    expect(asMeant({ reach: "everyone", ...ticked })).toEqual({
      reach: "everyone",
      people: [],
      audiences: [],
      without: [jonas],
    });
    expect(asMeant({ reach: "chosen", ...ticked })).toEqual({ reach: "chosen", ...ticked });
  });
});

describe("who may answer", () => {
  test.each(["seen", "friends", "subscribers", "nobody"] as const)(
    "%s is read back as it was said",
    (who) => {
      const said = readAnswers(form(["answers", who], ["answer-to", mia]));
      expect(answersOf(answerableIn(said)).who).toBe(who);
    },
  );
  test("people by hand are read back as they were chosen", () => {
    const said = readAnswers(form(["answers", "chosen"], ["answer-to", mia], ["answer-out", jonas]));
    const again = answersOf(answerableIn(said));
    expect(again.who).toBe("chosen");
    expect(again.chosen.choice).toMatchObject({ people: [mia], without: [jonas] });
  });
  test("not said, or no word of ours: whoever sees it", () => {
    expect(answerableIn(readAnswers(form()))).toBeNull();
    expect(answerableIn(readAnswers(form(["answers", "all"])))).toBeNull();
  });
});
