import { beforeAll, describe, expect, test } from "vitest";
import { accountOf, inHome, pathOf, posted, relates, type Seen, type Told } from "./by-api.ts";
import type { Citizen } from "./citizen.ts";
import { patiently } from "./patience.ts";
import { acquainted, type Town } from "./town.ts";

/** Not seeing somebody or some words, which nobody is told; and saying that something is wrong. */
export function quiet(town: () => Town): void {
  describe("what people do not want to see", () => {
    beforeAll(() => acquainted(town()));

    test("somebody muted for an hour is not seen meanwhile, and is not told", async () => {
      const { alice, bob } = town();
      await bob.go(pathOf(alice));
      await bob.page.locator("#quiet summary").click();
      await bob.page.getByRole("radio", { name: "For an hour" }).check();
      await bob.press("Not see for a while");
      await bob.sees(pathOf(alice), (page) => page.getByText("You do not see their posts until"));
      await relates(bob, alice, { muting: true, following: true });
      type Muted = Seen & { mute_expires_at: string };
      const [muted] = await bob.api<Muted[]>("GET", "/api/v1/mutes");
      expect(Date.parse(muted?.mute_expires_at ?? "")).toBeGreaterThan(Date.now());
      await alice.api("POST", "/api/v1/statuses", { status: "Bob will not see this today." });
      await arrivesOnPageOf(bob, alice, "Bob will not see this");
      expect(await inHome(bob, "Bob will not see this")).toBeUndefined();
      await bob.go("/");
      expect(await bob.page.getByText("Bob will not see this").count()).toBe(0);
      await relates(alice, bob, { followed_by: true });
      await bob.go(pathOf(alice));
      await bob.press("End it");
      await bob.sees("/", () => bob.post("Bob will not see this"));
    });

    test("a post with muted words is folded, and says why", async () => {
      const { alice, bob } = town();
      await bob.go("/settings/words");
      await bob.page.getByLabel("Words", { exact: true }).fill("world cup");
      await bob.press("Hide these words");
      await bob.page.locator("main li", { hasText: "world cup" }).waitFor();
      const ids = await posted(alice, [bob], "So much about the World Cup again.");
      const status = await bob.api<Told>("GET", `/api/v1/statuses/${ids.get(bob)}`);
      expect(status.filtered[0]?.keyword_matches).toEqual(["world cup"]);
      const fold = await bob.sees("/", (page) => page.getByText("Hidden because of: world cup"));
      expect(await bob.page.getByText("So much about").isVisible()).toBe(false);
      await fold.click();
      await bob.page.getByText("So much about").waitFor();
      await bob.go("/settings/words");
      await bob.press("Remove world cup");
      await bob.seesNo("/", (page) => page.getByText("Hidden because of: world cup"));
    });

    test("a report arrives with its words and the posts it means", async () => {
      const { alice, bob, carla } = town();
      const ids = await posted(alice, [bob, carla], "Bob cannot bake.");
      await bob.go(`/posts/${ids.get(bob)}`);
      await bob.fromMenu(bob.post("Bob cannot bake."), "Report");
      await bob.page.getByLabel("What is wrong").fill("That is not true, and you know it.");
      expect(await bob.page.getByRole("checkbox", { name: "Bob cannot bake." }).isChecked()).toBe(true);
      await bob.page.getByRole("checkbox", { name: "Block them as well" }).uncheck();
      await bob.press("Send to Alice’s device");
      const seen = await alice.sees("/settings/reports", (page) =>
        page.locator("li", { hasText: "From Bob" }),
      );
      await seen.getByText("That is not true, and you know it.").waitFor();
      await seen.getByRole("link", { name: "Bob cannot bake." }).waitFor();
      await alice.sees("/notices", (page) =>
        page.locator("li", { hasText: "Bob" }).getByText("sent a report about you"),
      );

      const account = await accountOf(carla, alice);
      const report = {
        account_id: account?.id,
        comment: "Be kinder.",
        status_ids: [ids.get(carla)],
        forward: true,
      };
      await carla.api("POST", "/api/v1/reports", report);
      await alice.sees("/settings/reports", (page) => page.locator("li", { hasText: "Be kinder." }));
      await bob.sees("/settings/reports", (page) => page.locator("li", { hasText: "About Alice" }));
    });
  });
}

/** On somebody's own page everything of theirs is read, whatever is hidden elsewhere. */
async function arrivesOnPageOf(at: Citizen, whom: Citizen, words: string): Promise<void> {
  const account = await accountOf(at, whom);
  await patiently(`“${words}” at ${at.name}`, async () => {
    const all = await at.api<Told[]>("GET", `/api/v1/accounts/${account?.id}/statuses`);
    return all.some(({ content }) => content.includes(words));
  });
  await at.sees(pathOf(whom), () => at.post(words));
}
