import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idOf } from "../../../src/lib/ids.ts";
import type { Draft } from "../../../src/social/posts/publish.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import type { Peer } from "../../support/peer.ts";
import { openProfileHouse, type ProfileHouse } from "../../support/profile-house.ts";

const stack = new AsyncDisposableStack();
let house: ProfileHouse;
let browser: OwnerBrowser;
const shown = "8".repeat(32);
const narrow = "9".repeat(32);

beforeAll(async () => {
  house = stack.use(await openProfileHouse());
  browser = ownerBrowser(house.desk);
  await browser.enter();
  const { acting } = house.desk;
  const write = (draft: Partial<Draft>) =>
    acting.transact((tx) =>
      publish(tx, acting.me, { text: "", reach: "everyone", ...draft }, acting.now(), acting.random),
    );
  await write({ id: shown, text: "Kettle for everyone #tea" });
  await write({ id: narrow, text: "Kettle for Family", reach: "chosen", audiences: [house.family] });
  await write({ text: "Kettle for friends", reach: "chosen", audiences: ["friends"] });
});
afterAll(() => stack.disposeAsync());

const view = (who: string, path: string) =>
  browser.get(`/profile/as/page?${new URLSearchParams({ who, path })}`, { "accept-language": "en" });
const linesOn = (html: string) =>
  [...html.matchAll(/<dt dir="auto">(.*?)<\/dt><dd dir="auto">(.*?)<\/dd>/gs)].map(([, label, words]) => ({
    ...{ label, html: words },
  }));

const withoutName = (html: string) =>
  html.replace(/<div class="note calm"><div class="row ends"><span class="grow">.*?<\/div><\/div>/s, "");

const open = ["Lives in", "Page"];
const everybody = [
  { name: "a stranger", of: () => null, as: "stranger", labels: open, posts: ["everyone"] },
  {
    ...{ name: "a subscriber", of: () => house.peers.sam, as: "subscriber", posts: ["everyone"] },
    labels: [...open, "Languages", "Works at"],
  },
  {
    ...{ name: "a friend", of: () => house.peers.mia, as: "friend", posts: ["everyone", "friends"] },
    labels: [...open, "Works at", "Birthday", "Favourite tea"],
  },
  {
    ...{ name: "somebody in Family", of: () => house.peers.ruth, as: "", posts: ["everyone", "Family"] },
    labels: [...open, "Phone", "Wedding day", "Door code"],
  },
] satisfies { name: string; of: () => Peer | null; as: string; labels: string[]; posts: string[] }[];

describe.each(everybody)("ten lines, for $name", ({ of, as, labels, posts }) => {
  test("are right on the page, in the actor document and in “view as”, to the byte", async () => {
    const page = await house.visit("/", of());
    expect(linesOn(page.text).map(({ label }) => label)).toEqual(labels);
    expect(await house.actorLines(of())).toEqual(linesOn(page.text));
    const person = of();
    const ways = [...(person === null ? [] : [idOf(person.uri)]), ...(as === "" ? [] : [as])];
    for (const who of ways) {
      for (const path of [
        "/",
        "/blog",
        `/posts/${shown}`,
        `/posts/${narrow}`,
        "/tags/tea",
        "/nowhere",
        "/?before=x",
      ]) {
        const [theirs, ours] = [await house.visit(path, person), await view(who, path)];
        // Whoever comes in by name is told so on the page; “a friend” has none.
        const seen = who === as ? withoutName(theirs.text) : theirs.text;
        expect([ours.status, ours.text], `${who} ${path}`).toEqual([theirs.status, seen]);
      }
    }
  });

  test("stand beside the posts that are for them", async () => {
    const { text } = await house.visit("/", of());
    const found = ["everyone", "friends", "Family"].filter((whom) => text.includes(`Kettle for ${whom}`));
    expect(found).toEqual(posts);
  });

  test("leave no trace where they are not for them", async () => {
    const { text } = await house.visit("/", of());
    const all = [
      "Languages",
      "Works at",
      "Birthday",
      "Favourite tea",
      "Phone",
      "Door code",
      "Afraid of",
      "Moths",
    ];
    for (const label of all.filter((one) => !labels.includes(one))) expect(text).not.toContain(label);
  });
});

test("somebody in Family is whoever is in it, and not one person", async () => {
  const { text } = await view(house.family, "/");
  expect(linesOn(text).map(({ label }) => label)).toEqual([...open, "Phone", "Wedding day"]);
});

describe("viewing as somebody", () => {
  test("says what they do not see, and as whom one looks", async () => {
    const page = await browser.get(
      `/profile/as?${new URLSearchParams({ who: idOf(house.peers.mia.uri), path: "/" })}`,
    );
    const words = page.text.replace(/<[^>]+>/g, "");
    expect(words).toContain(
      "mia does not see: your list of friends, Languages, Phone, Wedding day, Door code, Afraid of and 1 of your last 3 posts.",
    );
    expect(page.text).toContain(`<option value="${idOf(house.peers.mia.uri)}" selected`);
    expect(page.text).toContain("This is exactly what");
  });

  test("shows nobody who is not there", async () => {
    for (const who of ["0".repeat(32), house.desk.acting.me.ownerId, "x"])
      expect((await view(who, "/")).status, who).toBe(404);
  });

  test("E9: only this page may hold a frame, only of ours, and only what stands in it may be held", async () => {
    const policy = async (path: string) => {
      const { headers } = await browser.get(path);
      return { csp: String(headers["content-security-policy"]), frame: headers["x-frame-options"] };
    };
    const around = await policy("/profile/as?who=friend");
    expect(around.csp).toContain("; frame-src 'self'");
    expect([around.csp.includes("frame-ancestors 'none'"), around.frame]).toEqual([true, "DENY"]);
    const inside = await policy("/profile/as/page?who=friend&path=/");
    expect(inside.frame).toBe("SAMEORIGIN");
    expect(inside.csp).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin",
    );
    for (const path of ["/", "/profile", "/settings/profile", "/profile/as/page?who=nobody"]) {
      const { csp, frame } = await policy(path);
      expect([csp.includes("frame-src"), csp.includes("frame-ancestors 'none'"), frame], path).toEqual([
        ...[false, true, "DENY"],
      ]);
    }
    const { text } = await browser.get("/profile/as?who=friend&path=/blog");
    expect(text).toContain('src="/profile/as/page?who=friend&amp;path=%2Fblog" sandbox="allow-same-origin"');
  });

  test("its links lead on within the frame, as the same person", async () => {
    const referer = `${house.desk.origin}/profile/as/page?who=friend&path=%2F`;
    const within = { "sec-fetch-dest": "iframe", "sec-fetch-site": "same-origin", referer };
    const next = await browser.get(`/posts/${shown}`, within);
    expect([next.status, next.headers["location"]]).toEqual([
      ...[303, `/profile/as/page?who=friend&path=%2Fposts%2F${shown}`],
    ]);
    expect((await browser.follow(next)).text).toContain("Kettle for everyone");
    // Anywhere else they are the owner's pages.
    expect((await browser.get("/blog", { ...within, "sec-fetch-dest": "document" })).status).not.toBe(303);
    expect((await browser.get("/more", { ...within, referer: `${house.desk.origin}/more` })).status).toBe(
      200,
    );
  });

  test("is for the owner alone", async () => {
    const other = ownerBrowser(house.desk);
    for (const path of ["/profile/as?who=friend", "/profile/as/page?who=friend&path=/"]) {
      const { status, text } = await other.get(path);
      expect([status, text.includes("Birthday")]).toEqual([403, false]);
    }
  });
});
