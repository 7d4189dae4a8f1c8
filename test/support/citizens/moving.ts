import { beforeAll, describe, expect, test } from "vitest";
import { accountOf, pathOf, relates } from "./by-api.ts";
import { patiently } from "./patience.ts";
import { acquainted, type Town, unsubscribed } from "./town.ts";

/** From one address to another, which has to say so too. The last of all: afterwards Alice lives at Carla's. */
export function moving(town: () => Town): void {
  describe("moving", () => {
    beforeAll(async () => {
      await acquainted(town());
      await unsubscribed(town().bob, town().carla);
    });

    test("who moves is followed to an address that names the earlier one, and to no other", async () => {
      const { alice, bob, carla } = town();
      await alice.go("/settings/moving");
      await alice.page.getByLabel("Your new address").fill(carla.person.address);
      await alice.press("Look there");
      await alice.page.getByText("That address does not name this one yet.").waitFor();

      await carla.go("/settings/moving");
      await carla.page.getByLabel("Your earlier address").fill(alice.person.address);
      await carla.press("That is me too");
      await carla.page.getByText("Added. Now start the move at your earlier address.").waitFor();

      await alice.page.getByLabel("Your new address").fill(carla.person.address);
      await alice.press("Look there");
      await alice.page.getByText("2 people are told.").waitFor();
      await alice.page.getByLabel("Your passphrase").fill(alice.person.passphrase);
      await alice.press("Move now");
      await alice.page.getByText("You have moved. Your people are being told.").waitFor();

      await bob.sees(pathOf(alice), (page) => page.getByText("Alice has moved to"));
      await bob.sees("/notices", (page) => page.locator("li", { hasText: "Alice" }).getByText("has moved."));
      const known = async () => (await accountOf(bob, alice))?.moved?.acct === carla.person.address;
      await patiently("an app of Bob's knows where Alice lives now", known);
      await relates(bob, alice, { following: false });
      await carla.sees("/requests", (page) => page.getByRole("region", { name: "Request from Bob" }));
      await carla.press("Accept", carla.page.getByRole("region", { name: "Request from Bob" }));
      await relates(bob, carla, { following: true });
      await relates(carla, bob, { followed_by: true });
      const visited = await town().visitor.at(`http://${alice.person.onion}/`);
      await visited.getByText("Alice has moved to").waitFor();
      expect(await visited.getByText(`@${carla.person.address}`).count()).toBeGreaterThan(0);
    });
  });
}
