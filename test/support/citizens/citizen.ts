import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { enter } from "../owner-walk.ts";
import type { Person } from "../person.ts";
import { patiently } from "./patience.ts";

/** A person with a node over real Tor, an app on its API, and the owner's pages open in a real browser. */
export type Citizen = {
  readonly name: string;
  /** The node; another one after it was started again. */
  person: Person;
  readonly page: Page;
  /** Every host that the pages asked for. */
  readonly asked: ReadonlySet<string>;
  api: Person["api"];
  go(path: string): Promise<void>;
  /** Goes to a page until it shows something: what others do arrives when it arrives. */
  sees(path: string, find: (page: Page) => Locator): Promise<Locator>;
  /** Goes to a page until it shows nothing of the kind. */
  seesNo(path: string, find: (page: Page) => Locator): Promise<void>;
  /** The post with these words, on the page that is open. */
  post(words: string): Locator;
  /** Presses what stands in the menu of a post. */
  fromMenu(post: Locator, item: string): Promise<void>;
  press(button: string | RegExp, within?: Locator): Promise<void>;
  /** Off, and on again with the page unlocked. */
  sleep(): Promise<void>;
  wake(): Promise<void>;
  close(): Promise<void>;
};

const SIZE = { width: 1280, height: 900 };

export async function citizen(browser: Browser, person: Person): Promise<Citizen> {
  const context: BrowserContext = await browser.newContext({ viewport: SIZE });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(new URL(request.url()).host));
  await enter(page, person);
  const me: Citizen = {
    name: person.name,
    person,
    page,
    asked,
    api: (method, path, body) => me.person.api(method, path, body),
    async go(path) {
      await page.goto(me.person.owner + path);
    },
    sees: (path, find) =>
      patiently(`${me.name} sees it at ${path}`, async () => {
        await me.go(path);
        const found = find(page).first();
        return (await found.isVisible()) ? found : null;
      }),
    async seesNo(path, find) {
      await patiently(`${me.name} sees it no more at ${path}`, async () => {
        await me.go(path);
        return (await find(page).count()) === 0;
      });
    },
    post: (words) => page.locator("article.post", { hasText: words }).first(),
    async fromMenu(post, item) {
      await post.locator("details.menu > summary").click();
      await post.locator("details.menu").getByText(item, { exact: true }).click();
      await page.waitForLoadState();
    },
    async press(name, within) {
      await (within ?? page).getByRole("button", { name }).first().click();
      await page.waitForLoadState();
    },
    sleep: () => me.person.stop(),
    async wake() {
      me.person = await me.person.again();
      await me.person.event("reachable");
      asked.clear();
      await enter(page, me.person);
    },
    async close() {
      await context.close();
      await me.person.stop();
    },
  };
  return me;
}
