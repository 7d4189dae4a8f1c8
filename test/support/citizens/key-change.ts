import { join } from "node:path";
import { beforeAll, describe, test } from "vitest";
import { createLog } from "../../../src/lib/log.ts";
import { makeKey } from "../../../src/social/messages/pgp/own-key.ts";
import { openStore } from "../../../src/store/store.ts";
import { openVault } from "../../../src/vault/vault.ts";
import { type Person, until } from "../person.ts";
import { pathOf } from "./by-api.ts";
import { scans } from "./together.ts";
import { acquainted, type Town } from "./town.ts";

const talkWith = (whom: Parameters<typeof pathOf>[0]) => pathOf(whom).replace("/people/", "/messages/");

/** Somebody whose key is another one, at the same address: nothing goes to it until the two have made sure. */
export function keyChange(town: () => Town): void {
  describe("a key that changes", () => {
    beforeAll(() => acquainted(town()));

    test("stops what is sent, and a scan lets it go", async () => {
      const { alice, carla } = town();
      await scans(carla, alice);
      await carla.sleep();
      await losesKey(carla.person);
      await carla.wake();
      // What her key is was asked a moment ago, which is believed for a minute.
      await until("Alice is told", async () => {
        await alice.go(talkWith(carla));
        if ((await alice.page.getByText("Carla’s key has changed, so we stopped").count()) > 0) return true;
        if ((await alice.page.getByText("waiting for their device").count()) > 0) return false;
        await alice.page.getByLabel("Message", { exact: true }).fill("Is that still you?");
        await alice.press("Send");
        return false;
      });
      await carla.seesNo(talkWith(alice), (page) => page.getByText("Is that still you?"));
      await scans(alice, carla);
      await carla.sees(talkWith(alice), (page) => page.getByText("Is that still you?"));
      await alice.seesNo(talkWith(carla), (page) => page.getByText("key has changed"));
    });
  });
}

/** As after a loss. The node must be off. */
async function losesKey(person: Person): Promise<void> {
  const vault = await openVault(person);
  const folder = join(person.folder, "data");
  const keys = { database: vault.key("database"), media: vault.key("media") };
  const log = createLog(() => {}, "silent");
  await using store = await openStore({ folder, keys, deviceId: vault.deviceId, now: Date.now, log });
  const value = new Uint8Array(await makeKey(person.address, Date.now()));
  await store.transact(async (tx) => {
    await tx.messageSubkey.deleteMany();
    await tx.secret.update({ where: { id: "openpgp" }, data: { value } });
  });
}
