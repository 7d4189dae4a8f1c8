import { beforeAll, describe, expect, test } from "vitest";
import { png } from "../png.ts";
import { inHome, looks, type Notification, noticed, posted, type Told } from "./by-api.ts";
import { patiently } from "./patience.ts";
import { acquainted, type Town } from "./town.ts";

/** What people do with posts of others: like, react, share, keep. */
export function marks(town: () => Town): void {
  describe("what people do with posts", () => {
    beforeAll(() => acquainted(town()));
    liking(town);
    passingOn(town);
  });
}

function liking(town: () => Town): void {
  test("a like is seen by the author, and taken back", async () => {
    const { alice, bob } = town();
    const ids = await posted(alice, [bob], "Forty jars of plum jam.");
    const [there, here] = [ids.get(alice) ?? "", ids.get(bob) ?? ""];
    await bob.go(`/posts/${here}`);
    await bob.press("Like Alice", bob.post("plum jam"));
    await looks(alice, there, "a like", ({ favourites_count }) => favourites_count === 1);
    await noticed(alice, "favourite", bob, there);
    await alice.sees(`/posts/${there}/marks`, (page) => page.locator("main li").getByText("Bob"));
    await alice.sees("/notices", (page) =>
      page.locator("li", { hasText: "plum jam" }).getByText("likes your post"),
    );
    await bob.api("POST", `/api/v1/statuses/${here}/unfavourite`);
    await looks(alice, there, "no like", ({ favourites_count }) => favourites_count === 0);
    await alice.seesNo(`/posts/${there}/marks`, (page) => page.locator("main li").getByText("Bob"));
  });

  test("an emoji is seen by the author, and taken back", async () => {
    const { alice, bob } = town();
    const ids = await posted(alice, [bob], "The boat floats.");
    const [there, here] = [ids.get(alice) ?? "", ids.get(bob) ?? ""];
    await bob.go(`/posts/${here}`);
    await bob.post("The boat floats.").locator("summary.chip").click();
    await bob.press("React with 🎉", bob.post("The boat floats."));
    const status = await looks(alice, there, "🎉", ({ pleroma }) => pleroma.emoji_reactions.length > 0);
    expect(status.pleroma.emoji_reactions).toMatchObject([{ name: "🎉", count: 1, me: false }]);
    await noticed(alice, "pleroma:emoji_reaction", bob, there);
    await alice.sees(`/posts/${there}`, (page) => page.getByRole("button", { name: "React with 🎉, 1" }));
    await bob.press("Take 🎉 back", bob.post("The boat floats."));
    await looks(alice, there, "no 🎉", ({ pleroma }) => pleroma.emoji_reactions.length === 0);
    await alice.seesNo(`/posts/${there}`, (page) => page.getByRole("button", { name: "React with 🎉, 1" }));
  });

  // At the other end its picture comes at a time nobody can foresee; test/node/pictures-of-others.test.ts lives through that.
  test("an emoji of one's own is a picture here, and has its name at the other end, in posts and as a reaction", async () => {
    const { alice, bob } = town();
    await alice.go("/settings/emoji");
    await alice.page.getByLabel("Short name").fill("kettle");
    const file = { name: "kettle.png", mimeType: "image/png", buffer: png(64, 64) };
    await alice.page.getByLabel("Picture").setInputFiles(file);
    await alice.press("Add it");
    const ids = await posted(alice, [bob], "Is the :kettle: on?");
    const written = await looks(alice, ids.get(alice) ?? "", "the emoji", ({ emojis }) => emojis.length > 0);
    expect(written.emojis[0]).toMatchObject({ shortcode: "kettle" });
    expect(new URL(written.emojis[0]?.url ?? "").host).toBe(new URL(alice.person.owner).host);
    await shown(alice, `/posts/${ids.get(alice)}`, 'article.post img.emoji[alt=":kettle:"]');
    await bob.sees(`/posts/${ids.get(bob)}`, (page) =>
      page.locator("article.post").getByText("Is the :kettle: on?"),
    );

    const others = await posted(bob, [alice], "Tea at four?");
    const here = others.get(alice) ?? "";
    await alice.api("PUT", `/api/v1/pleroma/statuses/${here}/reactions/${encodeURIComponent(":kettle:")}`);
    await looks(bob, others.get(bob) ?? "", ":kettle:", ({ pleroma }) =>
      pleroma.emoji_reactions.some(({ name }) => name.includes("kettle")),
    );
    await bob.sees(`/posts/${others.get(bob)}/marks?who=reaction`, (page) =>
      page.locator("main li").getByText(":kettle:"),
    );
    await alice.go(`/posts/${here}`);
    await alice.press("Take :kettle: back", alice.post("Tea at four?"));
    await looks(
      bob,
      others.get(bob) ?? "",
      "no :kettle:",
      ({ pleroma }) => pleroma.emoji_reactions.length === 0,
    );
  });
}

/** Fetched through the node, and really a picture. */
async function shown(who: Town["alice"], path: string, picture: string): Promise<void> {
  await patiently(`${who.name} sees ${picture}`, async () => {
    const found = await who.sees(path, (page) => page.locator(picture));
    return found.evaluate(async (img) => {
      await (img as HTMLImageElement).decode().catch(() => {});
      return (img as HTMLImageElement).naturalWidth > 0;
    });
  });
}

function passingOn(town: () => Town): void {
  test("a post that somebody shares comes to their subscribers, and goes when it is taken back", async () => {
    const { alice, bob, carla } = town();
    const ids = await posted(alice, [bob, carla], "Free apples by the gate.");
    const [there, here] = [ids.get(alice) ?? "", ids.get(bob) ?? ""];
    await bob.go(`/posts/${here}`);
    await bob.press("Share Alice", bob.post("Free apples"));
    const shares = async () => {
      const all = await carla.api<Told[]>("GET", "/api/v1/timelines/home?limit=40");
      return all.find(({ reblog }) => reblog?.content.includes("Free apples"));
    };
    const boost = await patiently("Carla gets what Bob shared", shares);
    expect(boost.account.acct).toBe(bob.person.address);
    await carla.sees("/", (page) =>
      page.locator(".passed-on", { hasText: "Bob shared" }).getByText("Free apples"),
    );
    await noticed(alice, "reblog", bob, there);
    await looks(alice, there, "a share", ({ reblogs_count }) => reblogs_count === 1);
    await alice.sees(`/posts/${there}/marks?who=boost`, (page) => page.locator("main li").getByText("Bob"));
    await bob.api("POST", `/api/v1/statuses/${here}/unreblog`);
    await patiently("Carla has it no more", async () => (await shares()) === undefined);
    await carla.seesNo("/", (page) => page.locator(".passed-on", { hasText: "Free apples" }));
    await looks(alice, there, "no share", ({ reblogs_count }) => reblogs_count === 0);
  });

  test("of a post that somebody keeps nobody is told", async () => {
    const { alice, bob } = town();
    const ids = await posted(alice, [bob], "A recipe worth keeping.");
    const [there, here] = [ids.get(alice) ?? "", ids.get(bob) ?? ""];
    await bob.go(`/posts/${here}`);
    await bob.press("Keep Alice", bob.post("A recipe worth"));
    await bob.sees("/bookmarks", () => bob.post("A recipe worth keeping."));
    expect((await bob.api<Told[]>("GET", "/api/v1/bookmarks")).map(({ id }) => id)).toContain(here);
    // A like that was given later has come.
    await bob.api("POST", `/api/v1/statuses/${here}/favourite`);
    await noticed(alice, "favourite", bob, there);
    const all = await alice.api<Notification[]>("GET", "/api/v1/notifications?limit=40");
    expect(all.filter(({ status }) => status?.id === there).map(({ type }) => type)).toEqual(["favourite"]);
    const seen = await alice.sees("/notices", (page) => page.locator("li", { hasText: "A recipe worth" }));
    expect(await seen.page().locator("li", { hasText: "A recipe worth" }).count()).toBe(1);
    expect(await inHome(alice, "A recipe worth")).toMatchObject({ favourites_count: 1, reblogs_count: 0 });
  });
}
