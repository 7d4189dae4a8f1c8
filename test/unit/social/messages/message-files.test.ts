import { describe, expect, test } from "vitest";
import { readLetter, writtenLetter } from "../../../../src/social/messages/check-letter.ts";
import { readFiles } from "../../../../src/social/messages/files/check-file.ts";
import type { WireFile } from "../../../../src/social/messages/files/file.ts";
import type { Letter } from "../../../../src/social/messages/letter.ts";

const file: WireFile = {
  id: "a".repeat(32),
  key: Buffer.alloc(32, 7).toString("base64url"),
  name: "plan.pdf",
  type: "application/pdf",
  bytes: 12_000,
  sha256: "b".repeat(64),
  width: 0,
  height: 0,
  length: 0,
  alt: "The plan",
  voice: false,
};
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...file, id: n.toString(16).padStart(32, "0") }));

function letter(content: object): string {
  const between = { from: "http://a.example/people/a", to: "http://b.example/people/b" };
  const keys = { fromKey: "1".repeat(64), toKey: "2".repeat(64) };
  const head = { v: 1 as const, id: "c".repeat(32), ...between, ...keys, conv: "d".repeat(32) };
  return writtenLetter({ ...head, seq: 1, prev: "", published: 1, content: content as Letter["content"] });
}
const contentOf = (content: object) => readLetter(letter(content))?.content;

describe("files in a letter", () => {
  test("come out as they were put in, and a letter from before them is as it was", () => {
    const said = { kind: "text", text: "Look", replyTo: "", vanish: 0 };
    expect(contentOf({ ...said, files: [file] })).toEqual({ ...said, files: [file] });
    expect(contentOf(said)).toEqual(said);
    expect(contentOf({ ...said, files: [] })).toEqual(said);
  });

  test("stand without a word, which nothing else does", () => {
    const said = { kind: "text", text: "", replyTo: "", vanish: 0 };
    expect(contentOf({ ...said, files: [file] })).toMatchObject({ text: "", files: [{ id: file.id }] });
    expect(contentOf(said)).toBeUndefined();
  });

  test("are ten at the most, each at an address of its own", () => {
    expect(readFiles(many(10))).toHaveLength(10);
    for (const files of [many(11), many(100_000), [file, file], "files", { 0: file, length: 1 }, null])
      expect(readFiles(files)).toBeNull();
  });

  test.each<[string, object]>([
    ["an address that leads elsewhere", { id: "../../etc/passwd" }],
    ["a short key", { key: "abc" }],
    ["a key that is none", { key: "é".repeat(43) }],
    ["no hash", { sha256: "" }],
    ["no bytes", { bytes: 0 }],
    ["fewer than no bytes", { bytes: -1 }],
    ["part of a byte", { bytes: 1.5 }],
    ["more than a message carries", { bytes: 2 ** 31 }],
    ["more than a number holds", { bytes: 1e300 }],
    ["a size in words", { bytes: "12" }],
    ["a name without end", { name: "x".repeat(1_000) }],
    ["a name that is none", { name: { toString: "x" } }],
    ["a description without end", { alt: "x".repeat(4_000) }],
    ["a kind that breaks a header", { type: "image/png\r\nx: y" }],
    ["a kind in capitals of nothing", { type: "IMAGE" }],
    ["a width beyond all", { width: 2 ** 40 }],
    ["a voice that is a word", { voice: "yes" }],
  ])("with %s make no letter", (_what, change) => {
    expect(readFiles([{ ...file, ...change }])).toBeNull();
  });

  test("have names that lead nobody astray", () => {
    const nameOf = (name: string) => readFiles([{ ...file, name }])?.[0]?.name;
    expect(nameOf("../../.ssh/authorized_keys")).toBe("authorized_keys");
    expect(nameOf("C:\\Windows\\evil.exe")).toBe("evil.exe");
    expect(nameOf("photo\u202egpj.exe")).toBe("photogpj.exe");
    expect(nameOf("con.txt")).toBe("_con.txt");
    expect(nameOf("a\r\nb\u0000.pdf")).not.toMatch(/\p{Cc}/u);
    expect(nameOf("")).toBe("");
  });
});
