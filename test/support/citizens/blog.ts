import { beforeAll, describe, expect, test } from "vitest";
import { comes } from "./by-api.ts";
import { acquainted, type Town } from "./town.ts";

/** Long posts: written with a preview, read as such by subscribers and by whoever visits. */
export function blog(town: () => Town): void {
  describe("the blog", () => {
    beforeAll(() => acquainted(town()));

    test("a long post is read whole at the other end, and by visitors", async () => {
      const { alice, bob, visitor } = town();
      await alice.go("/");
      await alice.page.getByRole("link", { name: "Write a long post" }).click();
      await alice.page.getByLabel("Title").fill("Bread without a recipe");
      await alice.page.getByLabel("Text", { exact: true }).fill(LONG);
      await alice.press("Preview");
      await alice.page.locator("#preview").getByRole("heading", { name: "Water" }).waitFor();
      await alice.press("Post to everyone");
      const copy = await comes(bob, "as much as it takes");
      expect(copy.content).toMatch(/<h\d[^>]*>Water/);
      expect(copy.content).toContain("<strong>");
      await bob.sees("/", (page) => page.getByText("Bread without a recipe"));
      await bob.page.getByRole("link", { name: "Read on: Bread without a recipe" }).first().click();
      await bob.page.getByRole("heading", { name: "Bread without a recipe" }).waitFor();
      await bob.page.getByRole("heading", { name: "Water" }).waitFor();
      const page = await visitor.at(`http://${alice.person.onion}/blog`);
      await page.getByRole("link", { name: "Read on: Bread without a recipe" }).click();
      await page.getByRole("heading", { name: "Bread without a recipe" }).waitFor();
      await page.getByRole("heading", { name: "Water" }).waitFor();
    });
  });
}

const paragraph = "Knead until it lets go of the table, then leave it alone for longer than you think. ";
const LONG = `## Flour

Whatever is there. **Old** flour wants more water, and nobody can say how much.

${paragraph.repeat(12)}

## Water

First as much as it takes, then a little more.

> Dough knows no clock.

${paragraph.repeat(6)}`;
