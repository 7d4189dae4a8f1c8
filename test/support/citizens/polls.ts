import { beforeAll, describe, expect, test } from "vitest";
import { comes, looks, type Told } from "./by-api.ts";
import { acquainted, type Town } from "./town.ts";

/** A question with answers to choose from. */
export function polls(town: () => Town): void {
  describe("polls", () => {
    beforeAll(() => acquainted(town()));

    test("votes by page and by app are counted at the author's as they come", async () => {
      const { alice, bob, carla } = town();
      await alice.go("/");
      await alice.page.getByLabel("Your post", { exact: true }).fill("Which day for the harvest?");
      await alice.page.locator("summary", { hasText: "Poll" }).click();
      await alice.page.getByLabel("Answer 1").fill("Saturday");
      await alice.page.getByLabel("Answer 2").fill("Sunday");
      await alice.press("Post to everyone");
      const [own, first, second] = await Promise.all(
        [alice, bob, carla].map((one) => comes(one, "the harvest")),
      );
      await bob.sees("/", () => bob.post("the harvest"));
      await bob.post("the harvest").getByRole("radio", { name: "Sunday" }).check();
      await bob.press("Vote", bob.post("the harvest"));
      await looks(alice, own?.id ?? "", "one vote", votes("0 1"));
      await carla.api("POST", `/api/v1/polls/${second?.id}/votes`, { choices: [0] });
      await looks(alice, own?.id ?? "", "two votes", votes("1 1"));
      const poll = await alice.sees(`/posts/${own?.id}`, (page) => page.getByText("2 people voted."));
      expect(await poll.page().getByRole("progressbar", { name: "Saturday" }).getAttribute("value")).toBe(
        "1",
      );
      const voted = await looks(
        bob,
        first?.id ?? "",
        "the own vote",
        ({ poll: p }) => p?.own_votes.length === 1,
      );
      expect(voted.poll?.own_votes).toEqual([1]);
      await bob.sees(`/posts/${first?.id}`, (page) => page.getByText("your choice"));
      await carla.sees(`/posts/${second?.id}`, (page) => page.getByText("your choice"));
    });
  });
}

const votes =
  (wanted: string) =>
  ({ poll }: Told) =>
    poll?.options.map(({ votes_count }) => votes_count).join(" ") === wanted;
