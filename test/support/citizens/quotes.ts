import { beforeEach, describe, expect, test } from "vitest";
import { comes, looks, noticed, posted } from "./by-api.ts";
import type { Citizen } from "./citizen.ts";
import { acquainted, type Town, unsubscribed } from "./town.ts";

/** Quoting with leave: taken for granted, asked, refused, taken back. */
export function quotes(town: () => Town): void {
  describe("quotes", () => {
    beforeEach(() => acquainted(town()));

    test("a post that everybody may quote is shown in the one that quotes it", async () => {
      const { alice, bob, carla } = town();
      const ids = await posted(alice, [bob, carla], "Salt is the only spice that cannot be missed.");
      await quote(bob, ids.get(bob) ?? "", "Salt is the only", "I disagree: garlic.");
      const copy = await comes(carla, "I disagree: garlic.");
      const shown = await looks(carla, copy.id, "the quote", ({ quote: q }) => q?.state === "accepted");
      expect(shown.quote?.quoted_status?.content).toContain("Salt is the only spice");
      const post = await carla.sees("/", () => carla.post("I disagree: garlic."));
      await post.getByRole("region", { name: "Quoted post by Alice" }).getByText("Salt is").waitFor();
      await noticed(alice, "quote", bob);
      await alice.sees("/notices", (page) =>
        page.locator("li", { hasText: "garlic" }).getByText("quoted you"),
      );
    });

    test("leave that is asked for is given, shown everywhere, and can be taken back", async () => {
      const { alice, bob, carla } = town();
      const { there, mine, theirs } = await asking(town(), "Never trust a recipe.", "Except this one.");
      await carla.sees(`/posts/${mine}`, (page) => page.getByText("Waiting for Alice’s leave."));
      await answer(alice, there, "Allow");
      for (const [who, id] of [
        [carla, mine],
        [bob, theirs],
      ] as const) {
        await looks(who, id, "the quote", ({ quote: q }) => q?.state === "accepted");
        await who.sees(`/posts/${id}`, (page) =>
          page.getByRole("region", { name: "Quoted post by Alice" }).getByText("Never trust a recipe."),
        );
      }
      await answer(alice, there, "Take the leave back");
      await looks(carla, mine, "a refusal", ({ quote: q }) => q?.state === "rejected");
      await carla.sees(`/posts/${mine}`, (page) => page.getByText("Alice did not allow it."));
      await looks(bob, theirs, "no quote", ({ quote: q }) => q === null || q.state !== "accepted");
      await bob.seesNo(`/posts/${theirs}`, (page) =>
        page.getByRole("region", { name: "Quoted post by Alice" }),
      );
    });

    test("without leave a post is quoted nowhere", async () => {
      const { alice, bob, carla } = town();
      const { there, mine, theirs } = await asking(town(), "My knee again.", "Look at her.");
      await answer(alice, there, "Decline");
      await looks(carla, mine, "a refusal", ({ quote: q }) => q?.state === "rejected");
      await carla.sees(`/posts/${mine}`, (page) => page.getByText("Alice did not allow it."));
      const copy = await looks(bob, theirs, "its words", ({ content }) => content.includes("Look at her."));
      expect(copy.quote?.quoted_status ?? null).toBeNull();
      await bob.go(`/posts/${theirs}`);
      expect(await bob.page.getByText("My knee again.").count()).toBe(0);
      expect(await bob.page.getByRole("region", { name: "Quoted post by Alice" }).count()).toBe(0);
    });
  });
}

/** On the page: from the menu of the post to the form. */
async function quote(who: Citizen, id: string, words: string, own: string): Promise<void> {
  await who.go(`/posts/${id}`);
  await who.fromMenu(who.post(words), "Quote Alice");
  await who.page.getByLabel("Your post", { exact: true }).fill(own);
  await who.press("Post to everyone");
  await who.post(own).waitFor();
}

/** Carla, who does not subscribe, quotes what Alice wants to be asked about. Where it stands: `there` at Alice's. */
async function asking({ alice, bob, carla }: Town, words: string, own: string) {
  const ids = await posted(alice, [bob, carla], words, { quote_approval_policy: "followers" });
  await unsubscribed(carla, alice);
  await quote(carla, ids.get(carla) ?? "", words, own);
  const mine = await comes(carla, own);
  const theirs = await comes(bob, own);
  await alice.sees("/notices", (page) =>
    page.locator("li", { hasText: "Carla" }).getByText("would like to quote you"),
  );
  return { there: ids.get(alice) ?? "", mine: mine.id, theirs: theirs.id };
}

async function answer(alice: Citizen, id: string, button: string): Promise<void> {
  await alice.sees(`/posts/${id}/quotes`, (page) => page.getByRole("button", { name: button }));
  await alice.press(button);
}
