import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { mp3 } from "../films.ts";
import { pathOf } from "./by-api.ts";
import type { Citizen } from "./citizen.ts";
import { fetched } from "./fetched.ts";
import { photo } from "./photo.ts";
import { acquainted, type Town } from "./town.ts";

/** More than comes by itself. */
const LARGE = 3 * 1024 * 1024;

const talkWith = (whom: Citizen) => pathOf(whom).replace("/people/", "/messages/");
const bubble = (page: Page, words: string) => page.locator(".bub", { hasText: words }).last();

/** What a message carries, from the page of one to the page of the other. */
export function talkFiles(town: () => Town): void {
  describe("messages with files", () => {
    beforeAll(() => acquainted(town()));

    test("a picture and a sound come by themselves, and are taken away at both ends with their message", async () => {
      const { alice, bob } = town();
      // Who wrote is known.
      await says(bob, alice, "Send me what you have.");
      await alice.sees(talkWith(bob), (page) => bubble(page, "Send me what you have."));
      await attaches(alice, "From the attic.", [
        { name: "IMG_7.jpg", mimeType: "image/jpeg", buffer: await photo(alice.page) },
        { name: "gramophone.mp3", mimeType: "audio/mpeg", buffer: mp3() },
      ]);
      const picture = await bob.sees(talkWith(alice), (page) =>
        bubble(page, "From the attic.").locator("img"),
      );
      await picture.evaluate((element) => (element as HTMLImageElement).decode());
      await bob.sees(talkWith(alice), (page) => bubble(page, "From the attic.").locator("audio"));
      const path = new URL((await picture.getAttribute("src")) ?? "", bob.person.owner).pathname;
      expect((await fetched(bob, path)).byteLength).toBeGreaterThan(1_000);

      await alice.go(talkWith(bob));
      await bubble(alice.page, "From the attic.").locator("summary").first().click();
      await bubble(alice.page, "From the attic.").getByRole("link", { name: "Delete" }).click();
      await alice.press("Delete for both");
      await bob.seesNo(talkWith(alice), (page) => page.getByText("From the attic."));
      const gone = await bob.page.evaluate(async (at) => (await fetch(at)).status, path);
      expect(gone).toBe(404);
      for (const one of [alice, bob]) expect([...one.asked]).toEqual([new URL(one.person.owner).host]);
    });

    test("what is large waits until it is asked for, and both see when it is there", async () => {
      const { alice, bob } = town();
      const buffer = Buffer.alloc(LARGE, "the map of the upper lake ");
      await attaches(alice, "The map.", [{ name: "lake.bin", mimeType: "application/octet-stream", buffer }]);
      await bob.sees(talkWith(alice), (page) => bubble(page, "The map.").getByText("lake.bin"));
      await bob.press(/^Get it/);
      const link = await bob.sees(talkWith(alice), (page) =>
        bubble(page, "The map.").locator('a[download="lake.bin"]'),
      );
      const path = new URL((await link.getAttribute("href")) ?? "", bob.person.owner).pathname;
      expect((await fetched(bob, path)).equals(buffer)).toBe(true);
      await alice.sees(talkWith(bob), (page) => bubble(page, "The map.").getByText("’s device has it"));
    });
  });
}

async function says(who: Citizen, whom: Citizen, words: string): Promise<void> {
  await who.go(talkWith(whom));
  await who.page.getByLabel("Message", { exact: true }).fill(words);
  await who.press("Send");
  await bubble(who.page, words).waitFor();
}

type Picked = { name: string; mimeType: string; buffer: Buffer };

/** On the page that is open. */
async function attaches(who: Citizen, words: string, files: Picked[]): Promise<void> {
  await who.page.getByLabel("Message", { exact: true }).fill(words);
  await who.page.getByText("Add a file or a picture").click();
  await who.page.getByLabel("Pick files").setInputFiles(files);
  await who.page
    .getByLabel("What is it, for people who do not see or hear it?")
    .nth(files.length - 1)
    .waitFor();
  await who.press("Send");
  await bubble(who.page, words).waitFor();
}
