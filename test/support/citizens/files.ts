import { beforeAll, describe, expect, test } from "vitest";
import { mp3, mp4, PLANTED } from "../films.ts";
import { type Attachment, comes, looks } from "./by-api.ts";
import type { Citizen } from "./citizen.ts";
import { fetched } from "./fetched.ts";
import { photo } from "./photo.ts";
import { acquainted, type Town } from "./town.ts";

const ALT = "What is it, for people who do not see or hear it?";

/** Pictures, films, sounds and files, from the page of one to the page of the other. */
export function files(town: () => Town): void {
  describe("files", () => {
    beforeAll(() => acquainted(town()));

    test("a photo loses where it was taken, and is shown through the own node alone", async () => {
      const { alice, bob, carla } = town();
      const taken = await photo(alice.page);
      expect(taken.includes(PLANTED)).toBe(true);
      await alice.go("/");
      await alice.page.getByLabel("Your post", { exact: true }).fill("The orchard this morning.");
      await pick(alice, [{ name: "IMG_2041.jpg", mimeType: "image/jpeg", buffer: taken }]);
      await alice.page.getByLabel(ALT).fill("Fog between apple trees");
      await alice.press("Post to everyone");
      const [copy, other] = await Promise.all([bob, carla].map((one) => comes(one, "The orchard")));

      await bob.go(`/posts/${copy?.id}`);
      await bob.post("The orchard").getByText("Lies on Alice’s device").waitFor();
      await bob.press("Show the picture");
      const picture = await bob.sees(`/posts/${copy?.id}`, (page) =>
        page.getByRole("img", { name: "Fog between apple trees" }),
      );
      const path = await picture.evaluate(async (element) => {
        await (element as HTMLImageElement).decode();
        return new URL((element as HTMLImageElement).src).pathname;
      });
      clean(await fetched(bob, path));

      const [attached] = (await looks(carla, other?.id ?? "", "a file", () => true)).media_attachments;
      expect(attached).toMatchObject({
        type: "image",
        description: "Fog between apple trees",
        preview_url: null,
      });
      clean(await fetched(carla, new URL(attached?.url ?? "").pathname));
      const here = ({ media_attachments: [one] }: { media_attachments: Attachment[] }) => one?.preview_url;
      await looks(carla, other?.id ?? "", "the picture", here);
      await carla.sees(`/posts/${other?.id}`, (page) =>
        page.getByRole("img", { name: "Fog between apple trees" }),
      );
      for (const one of [bob, carla]) expect([...one.asked]).toEqual([new URL(one.person.owner).host]);
    });

    test("a film, a sound and a file come when they are asked for", async () => {
      const { alice, bob } = town();
      await alice.go("/");
      await alice.page.getByLabel("Your post", { exact: true }).fill("Three things from the attic.");
      await pick(alice, [
        { name: "attic.mp4", mimeType: "video/mp4", buffer: mp4() },
        { name: "gramophone.mp3", mimeType: "audio/mpeg", buffer: mp3() },
        { name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("Dear Anna,") },
      ]);
      await alice.page.getByLabel(ALT).nth(2).waitFor();
      await alice.press("Post to everyone");
      const copy = await comes(bob, "from the attic");
      expect(copy.media_attachments.map(({ type }) => type)).toEqual(["video", "audio", "unknown"]);
      const path = `/posts/${copy.id}`;
      for (const [button, shown] of [
        ["Fetch the film", "article video"],
        ["Fetch the sound", "article audio"],
        ["Fetch the file", "article a[download]"],
      ] as const) {
        await bob.go(path);
        await bob.press(button);
        await bob.sees(path, (page) => page.locator(shown));
      }
      await bob.page.locator("article a[download]", { hasText: "letter.txt" }).waitFor();
      const letter = await bob.page.locator("article a[download]").getAttribute("href");
      expect((await fetched(bob, letter ?? "")).toString()).toBe("Dear Anna,");
      const film = await bob.page.locator("article video").getAttribute("src");
      clean(await fetched(bob, film ?? ""));
    });
  });
}

function clean(bytes: Buffer): void {
  expect(bytes.byteLength).toBeGreaterThan(100);
  expect(bytes.includes(PLANTED)).toBe(false);
  expect(bytes.includes("Exif")).toBe(false);
}

async function pick(
  who: Citizen,
  picked: { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  await who.page.getByText("Pictures and files").click();
  await who.page.getByLabel("Pick files").setInputFiles(picked);
  await who.page.getByLabel(ALT).first().waitFor();
}
