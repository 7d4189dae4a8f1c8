import type { Page } from "playwright-core";
import type { Person } from "./person.ts";

/** Every page of the owner, by the path it has and a name for its screenshot. */
export const ownerPages: { path: string; name: string }[] = [
  { path: "/", name: "home" },
  { path: "/messages", name: "messages" },
  { path: "/messages/new", name: "message-new" },
  { path: "/people", name: "people" },
  { path: "/people/audiences", name: "audiences" },
  { path: "/people/guests", name: "guests" },
  { path: "/requests", name: "requests" },
  { path: "/connect", name: "connect" },
  { path: "/notices", name: "notices" },
  { path: "/profile", name: "profile" },
  { path: "/write", name: "write" },
  { path: "/settings", name: "settings" },
  { path: "/settings/profile", name: "own-profile" },
  { path: "/settings/profile/lines", name: "line" },
  { path: "/settings/profile/seen/name", name: "profile-seen" },
  { path: "/settings/seen", name: "seen-defaults" },
  { path: "/settings/messages", name: "message-settings" },
  { path: "/settings/gnupg", name: "gnupg" },
  { path: "/settings/backup", name: "backup" },
  { path: "/settings/words", name: "words" },
  { path: "/settings/moving", name: "moving" },
  { path: "/settings/reports", name: "reports" },
  { path: "/settings/health", name: "health" },
  { path: "/settings/health/sent", name: "sent" },
  { path: "/settings/away", name: "away" },
  { path: "/settings/outside", name: "outside" },
  { path: "/tags/bread", name: "tag" },
  { path: "/settings/emoji", name: "emoji" },
  { path: "/settings/storage", name: "storage" },
  { path: "/connecting", name: "connecting" },
  { path: "/more", name: "more" },
];

/** Unlocks in the browser as the owner does. */
export async function enter(page: Page, person: Person): Promise<void> {
  await page.goto(person.owner);
  await page.getByLabel("Passphrase", { exact: false }).first().fill(person.passphrase);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}

/** Looks at every page once; returns their names. */
export async function walkOwnersPages(
  browser: { newPage(): Promise<Page> },
  person: Person,
): Promise<string[]> {
  const page = await browser.newPage();
  await enter(page, person);
  const seen: string[] = [];
  for (const { path, name } of ownerPages) {
    const answer = await page.goto(person.owner + path);
    if (answer?.status() !== 200) throw new Error(`${name}: ${answer?.status()}`);
    seen.push(name);
  }
  const post = page.locator("article.post time").first();
  await page.goto(person.owner);
  if ((await post.count()) > 0) {
    await post.click();
    await page.waitForLoadState();
    seen.push("post");
  }
  await page.close();
  return seen;
}
