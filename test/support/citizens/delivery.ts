import { beforeAll, describe, expect, test } from "vitest";
import { accountOf, comes, inHome, pathOf } from "./by-api.ts";
import { patiently } from "./patience.ts";
import { acquainted, type Town } from "./town.ts";

/** Who has a post and who does not yet, and what people say of themselves. */
export function delivery(town: () => Town): void {
  describe("what was sent", () => {
    beforeAll(() => acquainted(town()));

    test("a changed profile is seen at the others'", async () => {
      const { alice, bob } = town();
      await alice.go("/settings/profile");
      await alice.page.getByLabel("About you", { exact: true }).fill("Bakes, and mends boats.");
      await alice.press("Save");
      await bob.sees(pathOf(alice), (page) => page.getByText("Bakes, and mends boats."));
      const known = async () => (await accountOf(bob, alice))?.note.includes("mends boats");
      await patiently("an app of Bob's reads it", known);
    });

    test("the author sees who waits for a post and since when, and that it arrived", async () => {
      const { alice, bob, carla } = town();
      await bob.sleep();
      let path = "";
      try {
        await alice.go("/");
        await alice.page.getByLabel("Your post", { exact: true }).fill("Written while Bob sleeps.");
        await alice.press("Post to everyone");
        await comes(carla, "while Bob sleeps");
        const own = await inHome(alice, "while Bob sleeps");
        path = `/posts/${own?.id}`;
        await alice.sees(path, (page) => page.getByText("1 of 2 have it. Waiting for Bob’s device"));
        await alice.page.getByText("Details").click();
        await alice.page
          .locator("li", { hasText: "Bob" })
          .getByText(/^waiting since .*; it goes there when both are on/)
          .waitFor();
        await alice.page
          .locator("li", { hasText: "Carla" })
          .getByText(/^has it since/)
          .waitFor();
      } finally {
        await bob.wake();
      }
      await comes(bob, "while Bob sleeps");
      await bob.sees("/", () => bob.post("while Bob sleeps"));
      await alice.sees(path, (page) => page.getByText("Everybody has it."));
      const sent = await alice.sees("/settings/health/sent", (page) =>
        page.locator("article", { hasText: "Written while Bob sleeps." }),
      );
      await sent.getByText("Everybody has it.").click();
      expect(await sent.getByText(/has it since/).count()).toBe(2);
    });
  });
}
