import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { createLog, keepTroubles } from "../../../src/lib/log.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { acceptRequest } from "../../../src/social/subscriptions/answer.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones } from "../../support/page-shape.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterEach(() => desk[Symbol.asyncDispose]());

async function subscriber(handle: string, host: string) {
  const person = await desk.house.meet(handle, host);
  await desk.house.isAsked(person);
  const { acting } = desk;
  await acting.transact((tx) => acceptRequest(tx, acting.me, person.id, acting.now()));
  return person;
}

const write = (text: string) =>
  desk.acting.transact((tx) =>
    publish(tx, desk.acting.me, { text, reach: "subscribers" }, desk.acting.now(), desk.acting.random),
  );

describe("the Health page", () => {
  test("says that all is well when it is", async () => {
    const page = await browser.get("/settings/health");
    expect(page.text).toContain("Nothing waits.");
    expect(page.text).toContain("Nothing, since TSSOP was started.");
    expect(brokenBones(page.text)).toEqual([]);
  });

  test("names whom something waits for, how much, and why in words", async () => {
    await subscriber("mia", "mia.example");
    await subscriber("kai", "kai.example");
    await write("One");
    await desk.acting.transact((tx) =>
      tx.peer.createMany({
        data: [
          { host: "mia.example", lastError: "status 503" },
          { host: "kai.example", lastError: "peer-off", reachedAt: new Date(Date.UTC(2026, 1, 3)) },
        ],
      }),
    );
    const page = await browser.get("/settings/health");
    expect(page.text).toMatch(/<bdi>mia<\/bdi>.*2 things since.*answered 503.*Not reached yet\./s);
    expect(page.text).toMatch(/<bdi>kai<\/bdi>.*device is off.*Last reached on 3 February 2026/s);
    expect(brokenBones(page.text)).toEqual([]);
    const tried = await browser.send(page, "/settings/health", {});
    expect((await browser.follow(tried)).text).toContain("It is being tried now.");
    expect(desk.asked).toContain("tryNow");
  });

  test("pages through many hosts", async () => {
    await desk.acting.transact((tx) =>
      tx.job.createMany({
        data: Array.from({ length: 60 }, (_, n) => ({
          id: `${n}`,
          kind: "probe",
          peer: `h${String(n).padStart(2, "0")}.example`,
          createdAt: new Date(0),
          expiresAt: new Date(0),
        })),
      }),
    );
    const first = await browser.get("/settings/health");
    expect(first.text).toContain("h49.example");
    expect(first.text).not.toContain("h50.example");
    const second = await browser.get("/settings/health?after=h49.example");
    expect(second.text).toContain("h59.example");
    expect(second.text).not.toContain("h49.example");
  });
});

test("what left this device says who has each post since when, who waits, and what went to nobody", async () => {
  await write("Before anybody came");
  const mia = await subscriber("mia", "mia.example");
  await subscriber("kai", "kai.example");
  await write("About the kettle");
  await desk.acting.transact((tx) =>
    tx.delivery.updateMany({
      where: { personId: mia.id },
      data: { state: "delivered", at: new Date(Date.UTC(2026, 1, 3, 12)) },
    }),
  );
  const page = await browser.get("/settings/health/sent");
  expect(page.text).toMatch(/About the kettle.*mia.*has it since 3 February 2026.*kai.*waiting since/s);
  expect(page.text).toMatch(/Before anybody came.*Nobody subscribed then/s);
  expect(brokenBones(page.text)).toEqual([]);
});

test("storage says how much of what is kept", async () => {
  await subscriber("mia", "mia.example");
  await write("One");
  const page = await browser.get("/settings/storage");
  expect(page.text).toMatch(
    /Your posts<\/dt><dd>1<\/dd>.*Posts of others<\/dt><dd>0<\/dd>.*People<\/dt><dd>1<\/dd>/s,
  );
});

test("troubles are kept scrubbed, the latest first, and no more than twenty", () => {
  const written: string[] = [];
  const log = createLog((line) => written.push(line), "silent");
  const kept = keepTroubles(log, () => 7);
  for (let n = 0; n < 30; n += 1) kept.log.warn(`number ${n}`);
  kept.log.info("nothing of note");
  kept.log.error(
    `no way to ${"a".repeat(56)}.onion`,
    new NodeError("internal", "token tssop_0123456789012345678901234567890123456789012"),
  );
  expect(kept.troubles()).toHaveLength(20);
  expect(kept.troubles()[0]).toMatchObject({
    at: 7,
    words: expect.stringMatching(/^no way to \[onion\]: NodeError internal token \[key\] /),
  });
  expect(kept.troubles()[1]?.words).toBe("number 29");
});
