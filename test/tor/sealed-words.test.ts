import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { filesWith, forms } from "../support/canary.ts";
import { multipart } from "../support/own-files.ts";
import { ownerAt } from "../support/owner-at.ts";
import { type Answer, hiddenFields, type OwnerBrowser } from "../support/owner-browser.ts";
import { type Person, startPerson, until } from "../support/person.ts";
import { subscribe } from "../support/scenario.ts";
import { tracedInto } from "../support/trace.ts";

/** Words that stand nowhere else on earth, and names that their addresses do not tell. */
const NAMES = ["Zephyrine Quillfeather", "Ottokar Brambleworth"] as const;
const SAID = "marzipan-lighthouse-4471";
const CHANGED = "pewter-gondola-6620";
const DELETED = "velvet-anchovy-9023";
const ANSWERED = "crimson-sextant-3358";
const FILE = "saffron-obelisk-1187";
const WITHIN = "walnut-carillon-5540";
const WORDS = [SAID, CHANGED, DELETED, ANSWERED, FILE, WITHIN];

/** All that goes out, to files and to sockets. */
const CALLS = "write,writev,pwrite64,pwritev,sendto,sendmsg,sendmmsg";

let folder: string;
let one: Person;
let other: Person;
let oneAt: OwnerBrowser;
let otherAt: OwnerBrowser;

const traceOf = (name: string) => join(folder, `${name}-trace`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-sealed-"));
  const start = async (name: string) => {
    mkdirSync(traceOf(name));
    const under = tracedInto(traceOf(name), { calls: CALLS, bytes: 1_000_000, sockets: true });
    const environment = { TSSOP_LOG: "debug" };
    const person = await startPerson({ name, folder, torrc: inject("clientTorrc"), under, environment });
    await person.event("reachable");
    return person;
  };
  [one, other] = await Promise.all([start(NAMES[0]), start(NAMES[1])]);
  await subscribe(one, other, () => {});
  await subscribe(other, one, () => {});
  [oneAt, otherAt] = [await ownerAt(one), await ownerAt(other)];
  await talk();
});
afterAll(async () => {
  await Promise.all([one?.stop(), other?.stop()]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Where the conversation with the only person they know is. */
async function pathAt(browser: OwnerBrowser): Promise<string> {
  const { text } = await browser.get("/people");
  return `/messages/${/href="\/people\/([0-9a-f]{32})"/.exec(text)?.[1] ?? ""}`;
}

const says = async (browser: OwnerBrowser, path: string, text: string) =>
  browser.send(await browser.get(path), path, { do: "send", text });

const shows = (browser: OwnerBrowser, path: string, words: string, there = true): Promise<Answer> =>
  until(`${words} is ${there ? "there" : "gone"}`, async () => {
    const page = await browser.get(path);
    return page.text.includes(words) === there ? page : null;
  });

/** Writing, reading, answering, changing and deleting, each seen at the other end. */
async function talk(): Promise<void> {
  const [here, there] = [await pathAt(oneAt), await pathAt(otherAt)];
  await says(oneAt, here, SAID);
  const read = await shows(otherAt, there, SAID);
  const [, id = ""] = /id="m([0-9a-f]{32})"/.exec(read.text) ?? [];
  await says(otherAt, there, ANSWERED);
  await shows(oneAt, here, ANSWERED);
  const edit = `${here}/edit/${id}`;
  await oneAt.send(await oneAt.get(edit), edit, { text: CHANGED });
  await shows(otherAt, there, CHANGED);
  await says(oneAt, here, DELETED);
  const slip = await shows(otherAt, there, DELETED);
  const ids = [...slip.text.matchAll(/id="m([0-9a-f]{32})"/g)].map(([, found = ""]) => found);
  await sendsFile(otherAt, there);
  await shows(oneAt, here, FILE);
  const remove = `${here}/delete/${ids.at(-1)}`;
  await oneAt.send(await oneAt.get(remove), remove, { scope: "both" });
  await shows(otherAt, there, DELETED, false);
}

/** As a browser without script sends it. */
async function sendsFile(browser: OwnerBrowser, path: string): Promise<void> {
  const fields = Object.entries({
    ...hiddenFields((await browser.get(path)).text, path),
    do: "send",
    text: "",
  });
  const file = { name: "attached", value: WITHIN, file: `${FILE}.txt`, type: "text/plain" };
  const parts = [...fields.map(([name, value]) => ({ name, value })), file];
  await browser.upload(path, "----x", multipart("----x", parts));
  await shows(browser, path, FILE);
}

/** What came through Tor, as it hands that over to the program: the socket has its name on Tor's side alone. */
const CAME = /^\w+\(\d+<UNIX-STREAM:\[\d+->\d+,"[^"]*\/tor\/socks\.sock"\]>/;

/** All that the program and Tor wrote, line by line, but to the owner's own browser on this computer. */
function wrote(person: Person): string[] {
  const own = `127.0.0.1:${new URL(person.owner).port}->`;
  return readdirSync(traceOf(person.name))
    .flatMap((name) => readFileSync(join(traceOf(person.name), name), "latin1").split("\n"))
    .filter((line) => !CAME.test(line))
    .filter((line) => !/^\w+\(\d+<TCP/.test(line) || !line.slice(0, 120).includes(own));
}

/** As the trace has it, in whatever form it may have gone. */
function linesWith(lines: readonly string[], word: string): string[] {
  const found = forms(word).map((bytes) => bytes.toString("latin1"));
  return lines.filter((line) => found.some((form) => line.includes(form))).map((line) => line.slice(0, 200));
}

test("no word of a message and no name leaves a socket, or lies in a file, at either end", async () => {
  for (const [person, otherName] of [
    [one, NAMES[1]],
    [other, NAMES[0]],
  ] as const) {
    const lines = wrote(person);
    // What does go out is seen: else the rest would prove nothing.
    expect(linesWith(lines, "application/pgp-encrypted").length, "letters went out").toBeGreaterThan(2);
    for (const word of [...WORDS, otherName]) expect(linesWith(lines, word), word).toEqual([]);
    expect(filesWith(person.folder, [...WORDS, otherName])).toEqual([]);
  }
});

test("the words of a page to the owner's own browser would be found in the trace", () => {
  const lines = readdirSync(traceOf(one.name)).flatMap((name) =>
    readFileSync(join(traceOf(one.name), name), "latin1").split("\n"),
  );
  expect(linesWith(lines, CHANGED).length).toBeGreaterThan(0);
});
