import { beforeEach, describe, expect, test } from "vitest";
import { ask } from "../scenario.ts";
import { accountOf, comes, pathOf, relates, relation, type Seen } from "./by-api.ts";
import type { Citizen } from "./citizen.ts";
import { patiently } from "./patience.ts";
import { acquainted, type Town } from "./town.ts";

/** People who have nothing to do with each other yet: requests, the gate, invitations. */
export function meeting(town: () => Town): void {
  describe("people who do not know each other", () => {
    test("what a stranger writes waits as words, and is a post once they are let in", async () => {
      const { bob, carla } = town();
      await bob.go("/");
      await bob.page.getByLabel("Your post", { exact: true }).fill(`Good evening, @${carla.person.address}`);
      await bob.press("Post to everyone");
      const card = await carla.sees("/requests", (page) =>
        page.getByRole("region", { name: "Request from Bob" }),
      );
      await card.getByText("Good evening").waitFor();
      type Waiting = { id: string; account: Seen };
      const [waiting] = await carla.api<Waiting[]>("GET", "/api/v1/notifications/requests");
      expect(waiting?.account.acct).toBe(bob.person.address);
      await carla.api("POST", `/api/v1/notifications/requests/${waiting?.id}/accept`);
      await comes(carla, "Good evening");
      await carla.sees("/", () => carla.post("Good evening"));
      await carla.seesNo("/requests", (page) => page.getByRole("region", { name: "Request from Bob" }));
    });

    test("a request waits at the gate, and is accepted there", async () => {
      const { alice, bob } = town();
      await findByAddress(bob, alice.person.address);
      await bob.press("Subscribe");
      await bob.sees(pathOf(alice), (page) => page.getByText("You asked to subscribe."));
      const card = await alice.sees("/requests", (page) =>
        page.getByRole("region", { name: "Request from Bob" }),
      );
      await card.getByText("Would like to subscribe to you").waitFor();
      const waiting = await alice.api<Seen[]>("GET", "/api/v1/follow_requests");
      expect(waiting.map(({ acct }) => acct)).toContain(bob.person.address);
      await alice.press("Accept", card);
      await relates(bob, alice, { following: true, requested: false });
      await bob.sees(pathOf(alice), (page) => page.getByText("You subscribe", { exact: true }));
      await bob.sees("/notices", (page) => page.getByText("lets you subscribe"));
      await alice.sees("/people?tab=subscribers", (page) => page.locator("main").getByText("Bob"));
      await relates(alice, bob, { followed_by: true });
    });

    test("a request is declined, and whoever asked may not subscribe", async () => {
      const { bob, carla } = town();
      await ask(carla.person, bob.person);
      const card = await bob.sees("/requests", (page) =>
        page.getByRole("region", { name: "Request from Carla" }),
      );
      await bob.press("Decline", card);
      await relates(carla, bob, { following: false, requested: false });
      await carla.sees(pathOf(bob), (page) => page.getByText("You may not subscribe."));
      expect(await bob.api<Seen[]>("GET", "/api/v1/follow_requests")).toEqual([]);
      await bob.seesNo("/requests", (page) => page.getByRole("region", { name: "Request from Carla" }));
    });

    test("who has an invitation is let in at once", async () => {
      const { alice, carla } = town();
      await alice.go("/connect");
      await alice.press("Make an invitation");
      const invitation = (await alice.page.locator("#my-invitation").innerText()).trim();
      expect(invitation).toContain("?invite=");
      await findByAddress(carla, invitation);
      await carla.press("Subscribe");
      await relates(carla, alice, { following: true });
      await carla.sees(pathOf(alice), (page) => page.getByText("You subscribe", { exact: true }));
      await alice.sees("/notices", (page) =>
        page.locator("li", { hasText: "Carla" }).getByText("subscribes to you"),
      );
      await relates(alice, carla, { followed_by: true });
      expect((await relation(alice, carla))?.requested).toBe(false);
    });
  });
}

/** As a person does: pastes it, and stands before the page of whoever it is. */
async function findByAddress(who: Citizen, address: string): Promise<void> {
  await patiently(`${who.name} finds ${address}`, async () => {
    await who.go("/connect");
    await who.page.getByLabel("Their address").fill(address);
    await who.press("Find them");
    return /\/people\/[0-9a-f]{32}$/.test(who.page.url());
  });
}

/** What ends it again: each changes what is between two people. */
export function parting(town: () => Town): void {
  describe("people who part", () => {
    beforeEach(() => acquainted(town()));

    test("who unsubscribes is no subscriber any more", async () => {
      const { alice, carla } = town();
      await carla.go(pathOf(alice));
      await carla.press("Unsubscribe");
      await carla.sees(pathOf(alice), (page) => page.getByText("You do not subscribe"));
      await relates(alice, carla, { followed_by: false });
      await alice.sees(pathOf(carla), (page) => page.getByText("Does not subscribe to you"));
      await relates(carla, alice, { following: false });
    });

    test("a subscriber who is removed learns that they are out", async () => {
      const { alice, bob } = town();
      await alice.go(pathOf(bob));
      await alice.press("Remove as subscriber");
      await relates(bob, alice, { following: false });
      await bob.sees(pathOf(alice), (page) => page.getByText("You may not subscribe."));
      await alice.sees(pathOf(bob), (page) => page.getByText("Does not subscribe to you"));
      await relates(alice, bob, { followed_by: false });
    });

    test("whoever is blocked is out, gets nothing and sees nothing", async () => {
      const { alice, bob, carla } = town();
      const last = await bob.api<{ url: string }>("POST", "/api/v1/statuses", {
        status: "Before the quarrel.",
      });
      await comes(carla, "Before the quarrel.");
      await bob.go(pathOf(carla));
      await bob.press("Block");
      await bob.sees(pathOf(carla), (page) => page.getByText("Blocked: nothing comes from them"));
      await bob.sees("/people?tab=blocked", (page) => page.locator("main").getByText("Carla"));
      await relates(bob, carla, { blocking: true, following: false, followed_by: false });
      expect((await bob.api<Seen[]>("GET", "/api/v1/blocks")).map(({ acct }) => acct)).toEqual([
        carla.person.address,
      ]);
      await relates(carla, bob, { following: false });
      await carla.sees(pathOf(bob), (page) => page.getByText("You may not subscribe."));
      await bob.api("POST", "/api/v1/statuses", { status: "Said after the quarrel." });
      await comes(alice, "Said after the quarrel.");
      const page = await carla.api<{ content: string }[]>("GET", "/api/v1/timelines/home?limit=40");
      expect(page.some(({ content }) => content.includes("after the quarrel"))).toBe(false);
      expect(last.url).toContain(bob.person.onion);
      const account = await accountOf(bob, carla);
      await bob.api("POST", `/api/v1/accounts/${account?.id}/unblock`);
      await bob.sees(pathOf(carla), (seen) => seen.getByText("You do not subscribe"));
    });
  });
}
