import { beforeAll, describe, expect, test } from "vitest";
import { pathOf } from "./by-api.ts";
import type { Citizen } from "./citizen.ts";
import { acquainted, type Town } from "./town.ts";

/** Two who make sure of each other: beside each other, and on the phone. */
export function together(town: () => Town): void {
  describe("together", () => {
    beforeAll(() => acquainted(town()));

    test("one shows a code, the other scans a picture of it, and both are verified", async () => {
      const { bob, carla } = town();
      await scans(carla, bob);
      await verifiedAt(carla, bob, "You scanned it together");
      await verifiedAt(bob, carla, "You scanned it together");
      await carla.sees(pathOf(bob).replace("/people/", "/together/"), (page) =>
        page.getByRole("heading", { name: /You and .* are verified/ }),
      );
    });

    test("on the phone eight words do the same", async () => {
      const { alice, carla } = town();
      await alice.go("/together");
      await alice.press("Show eight words");
      const words = await alice.page.locator(".words li").allInnerTexts();
      expect(words.length).toBe(8);
      await carla.go("/together");
      // As people type what they hear.
      await carla.page.getByLabel("Or type the eight words").fill(words.join(", ").toUpperCase());
      await carla.press("These are the words");
      await carla.sees("/together/words", (page) => page.getByRole("button", { name: "Go on" }));
      await carla.press("Go on");
      await carla.press("Yes, it is their voice");
      await says(alice, carla);
      await verifiedAt(carla, alice, "You said the words on the phone");
      await verifiedAt(alice, carla, "You said the words on the phone");
    });
  });
}

/** One scans what the other shows, and both say that they are together. */
export async function scans(who: Citizen, whom: Citizen): Promise<void> {
  await whom.go("/together");
  await whom.press(/^Show (my|a new) code/);
  const buffer = await whom.page.locator("img.qr").screenshot();
  await who.go("/connect");
  await who.page
    .getByLabel("A picture of the code")
    .setInputFiles({ name: "code.png", mimeType: "image/png", buffer });
  await who.press("Read the code");
  await who.press("Yes, we are together");
  await says(whom, who);
}

/** Who shows is asked who took the code. */
async function says(who: Citizen, whom: Citizen): Promise<void> {
  const yes = new RegExp(`^Yes, it is ${whom.name}`);
  await who.sees("/together", (page) => page.getByRole("button", { name: yes }));
  await who.press(yes);
}

const verifiedAt = (who: Citizen, whom: Citizen, how: string) =>
  who.sees(`${pathOf(whom).replace("/people/", "/messages/")}/verify`, (page) => page.getByText(how));
