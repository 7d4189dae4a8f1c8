import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { startChromium } from "../chromium.ts";
import { startPerson } from "../person.ts";
import { ask } from "../scenario.ts";
import { accountOf, relation, type Seen } from "./by-api.ts";
import { type Citizen, citizen } from "./citizen.ts";
import { patiently } from "./patience.ts";
import { openVisitor, type Visitor } from "./visitor.ts";

/** Three people on one private Tor network, and somebody who only visits. */
export type Town = { alice: Citizen; bob: Citizen; carla: Citizen; visitor: Visitor; close(): Promise<void> };

export async function openTown(torrc: string[]): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), "tssop-citizens-"));
  const browser: Browser = await startChromium();
  const start = async (name: string) => {
    const person = await startPerson({ name, folder, torrc });
    await person.event("reachable");
    return citizen(browser, person);
  };
  const [alice, bob, carla, visitor] = await Promise.all([
    ...(["Alice", "Bob", "Carla"].map(start) as [Promise<Citizen>, Promise<Citizen>, Promise<Citizen>]),
    openVisitor(browser, torrc),
  ]);
  return {
    ...{ alice, bob, carla, visitor },
    async close() {
      await Promise.all([alice, bob, carla, visitor].map((one) => one.close()));
      await browser.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Everybody subscribes to everybody, whatever was between them before. */
export async function acquainted({ alice, bob, carla }: Town): Promise<void> {
  const pairs: [Citizen, Citizen][] = [
    ...([
      [alice, bob],
      [alice, carla],
      [bob, alice],
    ] as [Citizen, Citizen][]),
    ...([
      [bob, carla],
      [carla, alice],
      [carla, bob],
    ] as [Citizen, Citizen][]),
  ];
  await Promise.all(pairs.map(([who, whom]) => subscribed(who, whom)));
}

/** Both ends know of it. */
export async function subscribed(who: Citizen, whom: Citizen): Promise<void> {
  const account = (await accountOf(who, whom)) ?? (await ask(who.person, whom.person));
  await patiently(`${who.name} is subscribed to ${whom.name}`, async () => {
    const [here, there] = [await relation(who, whom), await relation(whom, who)];
    if (here?.following === true && there?.followed_by === true) return true;
    if (here?.following === true) await who.api("POST", `/api/v1/accounts/${account.id}/unfollow`);
    else if (here?.requested !== true) await who.api("POST", `/api/v1/accounts/${account.id}/follow`);
    const waiting = await whom.api<Seen[]>("GET", "/api/v1/follow_requests");
    const request = waiting.find(({ acct }) => acct === who.person.address);
    if (request !== undefined) await whom.api("POST", `/api/v1/follow_requests/${request.id}/authorize`);
    return false;
  });
}

/** `who` has ended it, and `whom` knows. */
export async function unsubscribed(who: Citizen, whom: Citizen): Promise<void> {
  const account = await accountOf(who, whom);
  await who.api("POST", `/api/v1/accounts/${account?.id}/unfollow`);
  await patiently(`${whom.name} knows that ${who.name} has unsubscribed`, async () => {
    const there = await relation(whom, who);
    return there !== null && !there.followed_by;
  });
}
