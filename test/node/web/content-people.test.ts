import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { keepKeys } from "../../../src/social/messages/keys/own.ts";
import { block } from "../../../src/social/people/block.ts";
import { personById } from "../../../src/social/people/find.ts";
import type { PersonView } from "../../../src/social/people/view.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones, wordsOfPage } from "../../support/page-shape.ts";

const ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";

let desk: OwnerDesk;
let browser: OwnerBrowser;
let mia: PersonView;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
  mia = await desk.house.meet("mia", ONION);
});
afterEach(() => desk[Symbol.asyncDispose]());

const now = async (): Promise<PersonView> => {
  const person = await personById(desk.acting.read, mia.id);
  if (person === null) throw new Error("nobody");
  return person;
};

async function press(what: string) {
  const path = `/people/${mia.id}`;
  return browser.send(await browser.get(path), path, { do: what });
}

test("every list of people has its empty sentence, and all of them sound bones", async () => {
  for (const tab of ["subscribed", "subscribers", "requests", "asked", "blocked", "nonsense"]) {
    const page = await browser.get(`/people?tab=${tab}`);
    expect(page.status).toBe(200);
    expect(page.text, tab).toContain('class="card empty"');
    expect(brokenBones(page.text), tab).toEqual([]);
  }
});

test("somebody is found by a part of a name or address, the owner is not", async () => {
  const found = await browser.get("/people?q=%40mi");
  expect(found.text).toContain(`/people/${mia.id}`);
  expect(brokenBones(found.text)).toEqual([]);
  const none = await browser.get("/people?q=nora");
  expect(none.text).toContain("Nobody of that name is known here.");
  expect(none.text).not.toContain('<ul class="list"></ul>');
  const odd = await browser.get(`/people?q=${encodeURIComponent('"><script>x</script>')}`);
  expect(odd.text).toContain('value="&quot;>&lt;script>x&lt;/script>"');
});

describe("a person", () => {
  test("is asked, and the request taken back", async () => {
    await press("subscribe");
    expect(await now()).toMatchObject({ subscribed: "asked" });
    const page = await browser.get(`/people/${mia.id}`);
    expect(page.text).toContain("You asked to subscribe.");
    expect(page.text).toContain("<h2>You and <bdi>mia</bdi></h2>");
    expect(brokenBones(page.text)).toEqual([]);
    expect((await browser.get("/people?tab=asked")).text).toContain(`/people/${mia.id}`);
    await press("unsubscribe");
    expect(await now()).toMatchObject({ subscribed: "no" });
  });
  test("who subscribes is removed, blocked and let in again", async () => {
    await desk.house.isAsked(mia);
    await press("accept");
    expect(await now()).toMatchObject({ subscriber: "accepted" });
    await press("remove");
    expect(await now()).toMatchObject({ subscriber: "no" });
    await press("block");
    expect((await browser.get("/people?tab=blocked")).text).toContain(`/people/${mia.id}`);
    expect(wordsOfPage((await browser.get(`/people/${mia.id}`)).text)).toContain("Blocked: nothing comes");
    await press("unblock");
    expect(await now()).toMatchObject({ blocked: false });
  });
  test("is shown with the whole address and their posts", async () => {
    await desk.house.hear(mia, { html: "<p>Plums are ripe</p>", mentionsMe: true });
    const { text } = await browser.get(`/people/${mia.id}`);
    expect(text).toContain(`@mia@${ONION}`);
    expect(text).toContain("Plums are ripe");
    expect(/<title>([^<]*)/.exec(text)?.[1]).toBe("Person · TSSOP");
  });
  test("nobody knows is not there, and no button does what no button says", async () => {
    expect((await browser.get(`/people/${"0".repeat(32)}`)).status).toBe(404);
    expect((await browser.get("/people/mia")).status).toBe(404);
    for (const odd of ["promote", "constructor", "__proto__", ""]) {
      expect((await press(odd)).status, odd).toBe(400);
    }
    const own = await browser.get(`/people/${desk.acting.me.ownerId}`);
    expect(own.headers["location"]).toBe("/profile");
  });
  test("who is blocked is not offered as somebody to post to", async () => {
    await press("subscribe");
    const { acting } = desk;
    await acting.transact((tx) => block(tx, mia.id, acting.now()));
    expect((await browser.get("/")).text).not.toContain(`value="${mia.id}"`);
  });
});

describe("connecting", () => {
  test("the own address stands there to scan, to read and to copy", async () => {
    await keepKeys(desk.acting, desk.acting.me, desk.acting.now());
    const page = await browser.get("/connect");
    const { handle, onion } = desk.acting.me;
    expect(page.text).toContain(`@${handle}@${onion}`);
    expect(page.text).toContain('data-copy="my-address"');
    expect(brokenBones(page.text)).toEqual([]);
    const code = await browser.get("/connect/qr.png");
    expect(code.headers["content-type"]).toBe("image/png");
    expect(code.headers["cache-control"]).toContain("no-store");
  });
  test("somebody found is shown", async () => {
    desk.acting.lookUp = async () => ({ personId: mia.id });
    const answer = await browser.send(await browser.get("/connect"), "/connect", {
      address: `@mia@${ONION}`,
    });
    expect(answer.headers["location"]).toBe(`/people/${mia.id}`);
  });
  test("an address that leads nowhere stays to be mended", async () => {
    for (const code of ["address-not-understood", "peer-off", "person-not-found", "address-own"] as const) {
      desk.acting.lookUp = async () => {
        throw new NodeError(code, "no");
      };
      const answer = await browser.send(await browser.get("/connect"), "/connect", {
        address: "@mia@<half>.onion",
      });
      expect(answer.status, code).toBe(422);
      expect(answer.text, code).toMatch(/@mia@&lt;half(&gt;|>)\.onion<\/textarea>/);
      expect(answer.text).toContain('aria-invalid="true"');
      expect(brokenBones(answer.text), code).toEqual([]);
    }
  });
});
