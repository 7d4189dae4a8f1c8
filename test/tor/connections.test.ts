import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { ownerAt } from "../support/owner-at.ts";
import { hiddenFields } from "../support/owner-browser.ts";
import { type Person, startPerson, until } from "../support/person.ts";
import { arrives, home, post, subscribe } from "../support/scenario.ts";
import { type Reached, readTrace, tracedInto } from "../support/trace.ts";

let folder: string;
let alice: Person;
let bob: Person;

const traceOf = (name: string) => join(folder, `${name}-trace`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-trace-"));
  const torrc = inject("clientTorrc");
  const start = async (name: string) => {
    mkdirSync(traceOf(name));
    const person = await startPerson({ name, folder, torrc, under: tracedInto(traceOf(name)) });
    await person.event("reachable");
    return person;
  };
  [alice, bob] = await Promise.all([start("Alice"), start("Bob")]);
  await subscribe(bob, alice, () => {});
});
afterAll(async () => {
  await Promise.all([alice?.stop(), bob?.stop()]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** What went anywhere but to sockets of the person's own node, or, from tor alone, to the network on this computer. */
function strayed(person: Person): Reached[] {
  return readTrace(traceOf(person.name)).reached.filter(({ program, to }) => {
    const socket = /^sa_family=AF_UNIX, sun_path="([^"]*)"$/.exec(to)?.[1];
    if (socket !== undefined) return !ownSocket(socket, person);
    // To the kernel: which network interfaces there are.
    if (to.startsWith("sa_family=AF_NETLINK")) return false;
    const here = /^sa_family=AF_INET, sin_port=htons\(\d+\), sin_addr=inet_addr\("127\.0\.0\.1"\)$/.test(to);
    return !(program === "tor" && here);
  });
}

/** In the person's folder; in a folder of its own where that path is too long for a socket. */
function ownSocket(path: string, person: Person): boolean {
  return path.startsWith(`${person.folder}/`) || path.startsWith(join(tmpdir(), "tssop-"));
}

const reachedBy = (person: Person, program: string) =>
  readTrace(traceOf(person.name)).reached.filter((one) => one.program === program);

const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Unlocks on the page and uses a picture, so that the process that decodes it is started. */
async function usePicture(person: Person): Promise<void> {
  const browser = await ownerAt(person);
  const page = await browser.get("/settings/profile");
  const { form } = hiddenFields(page.text, "/settings/picture");
  const boundary = "----TssopBoundary7Yh3";
  const body = [
    `--${boundary}\r\nContent-Disposition: form-data; name="form"\r\n\r\n${form}\r\n`,
    `--${boundary}\r\nContent-Disposition: form-data; name="picture"; filename="a"\r\n\r\n`,
    DOT,
    `\r\n--${boundary}--\r\n`,
  ];
  const answer = await browser.upload(
    "/settings/picture",
    boundary,
    Buffer.concat(body.map((part) => Buffer.from(part))),
  );
  expect(answer.status).toBe(303);
}

test("a trace names whoever connects, to whatever it is", async () => {
  const into = join(folder, "control-trace");
  mkdirSync(into);
  const code = 'require("net").connect(9, "127.0.0.1").on("error", () => {})';
  const [program = "", ...rest] = [...tracedInto(into), process.execPath, "-e", code];
  await once(spawn(program, rest, { stdio: "ignore" }), "exit");
  const found = await until("the trace is written", async () => {
    const { reached } = readTrace(into);
    return reached.length > 0 && reached;
  });
  const to = 'sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")';
  expect(found).toMatchObject([{ program: "node", call: "connect", to }]);
});

test("D2, D7: of all that two nodes and their children reach, only tor reaches the network", async () => {
  await usePicture(alice);
  await post(alice, "Only by the one way out.");
  const seen = await arrives(bob, "Only by the one way out.");
  await post(bob, `@${alice.address} It came.`, { in_reply_to_id: seen.id });
  await arrives(alice, "It came.");
  for (const person of [alice, bob]) {
    expect(strayed(person), person.name).toEqual([]);
    expect(reachedBy(person, "node tssop.cjs").some(({ to }) => to.includes("socks.sock"))).toBe(true);
    expect(reachedBy(person, "tor").some(({ to }) => to.includes('"127.0.0.1"'))).toBe(true);
  }
  const { programs } = readTrace(traceOf("Alice"));
  expect(new Set(programs.values())).toEqual(new Set(["node tssop.cjs", "node picture.cjs", "tor"]));
  expect(reachedBy(alice, "node picture.cjs")).toEqual([]);
});

test("D4: with tor killed in the middle of deliveries nothing goes out another way, and all of it arrives later", async () => {
  const torOf = () => [...readTrace(traceOf("Alice")).programs].filter(([, program]) => program === "tor");
  const [[before = 0] = []] = torOf();
  expect(torOf()).toHaveLength(1);
  const texts = Array.from({ length: 8 }, (_, n) => `Number ${n} of the day without tor.`);
  const posting = (async () => {
    for (const text of texts) await post(alice, text);
  })();
  await until("the first is on its way", async () =>
    (await home(alice)).some(({ content }) => content.includes("Number 0 of")),
  );
  process.kill(before, "SIGKILL");
  await posting;
  await until("the death of tor is told", async () =>
    alice
      .events()
      .some(({ event, state, failure }) => event === "tor" && state === "failed" && failure === "tor-died"),
  );
  for (const text of texts) await arrives(bob, text);
  expect(torOf()).toHaveLength(2);
  const there = (await home(bob)).map(({ content }) => content);
  for (const text of texts) expect(there.filter((content) => content.includes(text))).toHaveLength(1);
  expect(strayed(alice)).toEqual([]);
});
