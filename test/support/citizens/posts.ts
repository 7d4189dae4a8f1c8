import { beforeAll, describe, expect, test } from "vitest";
import { comes, inHome, looks, noticed, pathOf, posted, type Told } from "./by-api.ts";
import { patiently } from "./patience.ts";
import { acquainted, type Town } from "./town.ts";

/** What people write, and what becomes of it. */
export function posts(town: () => Town): void {
  describe("posts", () => {
    beforeAll(() => acquainted(town()));
    writing(town);
    words(town);
    changing(town);
  });
}

function writing(town: () => Town): void {
  test("a post that was written on the page is read at the others'", async () => {
    const { alice, bob, carla } = town();
    await alice.go("/");
    await alice.page
      .getByLabel("Your post", { exact: true })
      .fill("The first frost, and the roses still out.");
    await alice.press("Post to everyone");
    await alice.post("The first frost").waitFor();
    await comes(bob, "The first frost");
    await bob.sees("/", () => bob.post("The first frost"));
    expect((await comes(carla, "The first frost")).account.acct).toBe(alice.person.address);
    const page = await town().visitor.at(`http://${alice.person.onion}/`);
    await page.locator("article", { hasText: "The first frost" }).waitFor();
  });

  test("a reply stands in the thread at both ends, and its author is told of it", async () => {
    const { alice, bob } = town();
    const ids = await posted(alice, [bob], "Who has a ladder I can borrow?");
    await bob.go(`/posts/${ids.get(bob)}`);
    await bob.page.getByLabel("Your reply").fill("I have, come by at six.");
    await bob.press("Reply", bob.page.locator("form.compose"));
    const { status } = await noticed(alice, "mention", bob);
    expect(status?.content).toContain("come by at six");
    const thread = await alice.api<{ descendants: Told[] }>(
      "GET",
      `/api/v1/statuses/${ids.get(alice)}/context`,
    );
    expect(thread.descendants.map(({ content }) => content).join()).toContain("come by at six");
    await alice.sees(`/posts/${ids.get(alice)}`, () => alice.post("come by at six"));
    await alice.sees("/notices", (page) => page.locator("li", { hasText: "Bob" }).getByText("answered you"));
    await bob.sees(`/posts/${ids.get(bob)}`, () => bob.post("come by at six"));
  });

  test("whoever is mentioned is told", async () => {
    const { alice, carla } = town();
    const text = `@${carla.person.address} the key is under the pot.`;
    await alice.api("POST", "/api/v1/statuses", { status: text });
    const copy = await comes(carla, "under the pot");
    await noticed(carla, "mention", alice, copy.id);
    expect(copy.mentions.map(({ acct }) => acct)).toEqual(["carla"]);
    const notice = await carla.sees("/notices", (page) => page.locator("li", { hasText: "under the pot" }));
    await notice.getByText("mentioned you").waitFor();
  });

  test("a post for chosen people goes to them alone", async () => {
    const { alice, bob, carla, visitor } = town();
    await alice.go("/");
    await alice.page
      .getByLabel("Your post", { exact: true })
      .fill("Only for you: the surprise is on Friday.");
    await alice.page.locator("details.who > summary").click();
    await alice.page.getByRole("radio", { name: "People I choose" }).check();
    await alice.page.locator("details.who").getByRole("checkbox", { name: "Bob" }).check();
    await alice.press("Post to the chosen");
    const copy = await comes(bob, "the surprise is on Friday");
    expect(copy.visibility).toBe("direct");
    const post = await bob.sees(`/posts/${copy.id}`, () => bob.post("the surprise is on Friday"));
    await post.getByText("Shared with you").waitFor();
    // What was sent later has come to her.
    await posted(alice, [carla], "Nothing special this week.");
    expect(await inHome(carla, "surprise")).toBeUndefined();
    await carla.go("/");
    expect(await carla.page.getByText("the surprise is on Friday").count()).toBe(0);
    await visitor.page.goto(copy.url);
    await visitor.page.getByText("There is nothing here for you").waitFor();
  });
}

function words(town: () => Town): void {
  test("a warning and a language go along", async () => {
    const { alice, bob } = town();
    await alice.go("/");
    await alice.page.getByLabel("Your post", { exact: true }).fill("Le chat est mort.");
    await alice.page.locator("summary", { hasText: "Warning" }).click();
    await alice.page.getByLabel("Warning shown instead of the text").fill("A sad thing");
    await alice.page.getByLabel("Language").selectOption("fr");
    await alice.press("Post to everyone");
    const copy = await comes(bob, "Le chat est mort");
    expect([copy.spoiler_text, copy.language]).toEqual(["A sad thing", "fr"]);
    await bob.go("/");
    const post = bob.post("A sad thing");
    expect(await post.getByText("Le chat est mort").isVisible()).toBe(false);
    await post.getByText("Show").click();
    await post.locator("[lang=fr]").getByText("Le chat est mort").waitFor();
    // The language a person wrote in is proposed for their next post.
    expect(await alice.page.getByLabel("Language").inputValue()).toBe("fr");
  });

  test("a hashtag leads to the posts with it, here and on the page for visitors", async () => {
    const { alice, bob, visitor } = town();
    const ids = await posted(alice, [bob], "Rye again. #SlowBread");
    await bob.go(`/posts/${ids.get(bob)}`);
    await bob.page.getByRole("link", { name: "#SlowBread" }).click();
    await bob.page.getByRole("heading", { name: "#slowbread" }).waitFor();
    expect(new URL(bob.page.url()).host).toBe(new URL(bob.person.owner).host);
    await bob.post("Rye again.").waitFor();
    const tagged = await bob.api<Told[]>("GET", "/api/v1/timelines/tag/slowbread");
    expect(tagged.map(({ id }) => id)).toContain(ids.get(bob));
    const page = await visitor.at(`http://${alice.person.onion}/tags/slowbread`);
    await page.locator("article", { hasText: "Rye again." }).waitFor();
  });
}

function changing(town: () => Town): void {
  test("a post that was changed says so, and what it said before", async () => {
    const { alice, bob } = town();
    const ids = await posted(alice, [bob], "The train leaves at seven.");
    await alice.go(`/posts/${ids.get(alice)}`);
    await alice.fromMenu(alice.post("The train leaves"), "Edit");
    await alice.page.getByLabel("Your post", { exact: true }).fill("The train leaves at nine.");
    await alice.press("Change it for everybody who has it");
    const id = ids.get(bob) ?? "";
    const copy = await looks(bob, id, "the new words", ({ content }) => content.includes("nine"));
    expect(copy.edited_at).not.toBeNull();
    const history = await bob.api<{ content: string }[]>("GET", `/api/v1/statuses/${id}/history`);
    expect(history.map(({ content }) => content.replace(/<[^>]*>/g, ""))).toEqual([
      "The train leaves at seven.",
      "The train leaves at nine.",
    ]);
    await bob.go(`/posts/${id}`);
    await bob.post("at nine").getByRole("link", { name: "changed" }).click();
    await bob.page.locator("ins", { hasText: "nine" }).waitFor();
    await bob.page.locator("del", { hasText: "seven" }).waitFor();
  });

  test("a post that was put first stands first on its author's page", async () => {
    const { alice, bob } = town();
    const ids = await posted(alice, [bob], "Who I am, in three lines.");
    await alice.go(`/posts/${ids.get(alice)}`);
    await alice.fromMenu(alice.post("Who I am"), "Put first on my page");
    await looks(bob, ids.get(bob) ?? "", "its place", ({ pinned }) => pinned);
    const first = await bob.sees(pathOf(alice), (page) => page.locator("article.post"));
    await first.getByText("Who I am, in three lines.").waitFor();
    await first.getByText("First on the page").waitFor();
    await alice.go(`/posts/${ids.get(alice)}`);
    await alice.fromMenu(alice.post("Who I am"), "No longer first");
    await looks(bob, ids.get(bob) ?? "", "its place back", ({ pinned }) => !pinned);
  });

  test("a post that was deleted is gone everywhere", async () => {
    const { alice, bob, carla } = town();
    const ids = await posted(alice, [bob, carla], "I should not have said this.");
    await alice.go(`/posts/${ids.get(alice)}`);
    await alice.fromMenu(alice.post("should not have said"), "Delete");
    await alice.press("Delete it for good");
    for (const one of [bob, carla]) {
      const gone = async () => (await inHome(one, "should not have said")) === undefined;
      await patiently(`it is gone at ${one.name}`, gone);
      await one.seesNo("/", (page) => page.getByText("should not have said"));
    }
    await bob.go(`/posts/${ids.get(bob)}`);
    await bob.page.getByText("There is nothing here for you").waitFor();
  });
}
