import { type OwnerBrowser, ownerBrowser } from "./owner-browser.ts";
import type { Person } from "./person.ts";

/** The pages of a person's node, unlocked, as a browser without script has them. */
export async function ownerAt(person: Person): Promise<OwnerBrowser> {
  const at = { origin: person.owner, port: Number(new URL(person.owner).port), newLoginToken: () => "" };
  const browser = ownerBrowser(at);
  const gate = await browser.follow(await browser.get("/"));
  await browser.send(gate, "/unlock", { passphrase: person.passphrase });
  return browser;
}
