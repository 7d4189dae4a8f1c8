import { beforeAll, describe, expect, test } from "vitest";
import { pathOf } from "./by-api.ts";
import type { Citizen } from "./citizen.ts";
import { acquainted, type Town } from "./town.ts";

/** Messages between two: written, read, answered, changed, deleted, and whose key it is. */
export function talk(town: () => Town): void {
  describe("messages", () => {
    beforeAll(() => acquainted(town()));

    test("a message goes over sealed, and whoever wrote it sees that it arrived and was read", async () => {
      const { alice, bob } = town();
      await writes(alice, bob, "The boat is free from ten.");
      await bob.sees("/messages", (page) => page.getByText("The boat is free from ten."));
      await bob.sees(talkWith(alice), (page) => bubble(page, "The boat is free from ten."));
      await alice.sees(talkWith(bob), (page) => bubble(page, "The boat is free").getByText("read"));
    });

    test("it is answered, changed and deleted at both", async () => {
      const { alice, bob } = town();
      await writes(bob, alice, "Tne it is.");
      await alice.sees(talkWith(bob), (page) => bubble(page, "Tne it is."));
      await acts(bob, alice, "Tne it is.", "Change");
      await bob.page.getByLabel("Message", { exact: true }).fill("Ten it is.");
      await bob.press("Save");
      await alice.sees(talkWith(bob), (page) => bubble(page, "Ten it is."));
      await acts(bob, alice, "Ten it is.", "Delete");
      await bob.press("Delete for both");
      await alice.sees(talkWith(bob), (page) => page.getByText("This message was deleted."));
      await alice.seesNo(talkWith(bob), (page) => page.getByText("Ten it is."));
    });

    test("both read the same number, and a match is kept", async () => {
      const { alice, bob } = town();
      const [one, other] = [await numberAt(alice, bob), await numberAt(bob, alice)];
      expect(one).toMatch(/^(\d{5} ?){12}$/);
      expect(other).toBe(one);
      await alice.press("The numbers match");
      await alice.sees(talkWith(bob), (page) => page.getByText("Verified", { exact: true }));
    });

    test("a timer is told to both, and is the same for both", async () => {
      const { alice, bob } = town();
      await alice.go(`${talkWith(bob)}/timer`);
      await alice.page.getByLabel("1 week").check();
      await alice.press("Save");
      await alice.sees(talkWith(bob), (page) => page.getByText("You set messages to vanish 1 week after"));
      await bob.sees(talkWith(alice), (page) => page.getByText("Alice set messages to vanish 1 week after"));
      await bob.sees(talkWith(alice), (page) => page.getByText("Messages here vanish 1 week after"));
    });
  });
}

const talkWith = (whom: Citizen) => pathOf(whom).replace("/people/", "/messages/");
const bubble = (page: Citizen["page"], words: string) => page.locator(".bub", { hasText: words }).last();

async function writes(who: Citizen, whom: Citizen, words: string): Promise<void> {
  await who.go(talkWith(whom));
  await who.page.getByLabel("Message", { exact: true }).fill(words);
  await who.press("Send");
  await bubble(who.page, words).waitFor();
}

async function acts(who: Citizen, whom: Citizen, words: string, what: string): Promise<void> {
  await who.go(talkWith(whom));
  await bubble(who.page, words).locator("summary").click();
  await bubble(who.page, words).getByRole("link", { name: what }).click();
}

async function numberAt(who: Citizen, whom: Citizen): Promise<string> {
  await who.go(`${talkWith(whom)}/verify`);
  return (await who.page.locator(".digits").innerText()).replace(/\s+/g, " ").trim();
}
