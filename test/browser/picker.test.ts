import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeAudience } from "../../src/social/audiences/make.ts";
import { putIn } from "../../src/social/audiences/put-in.ts";
import { publish } from "../../src/social/posts/publish.ts";
import { homeTimeline } from "../../src/social/posts/timelines.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { startChromium } from "../support/chromium.ts";
import { ownerBrowser } from "../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../support/owner-desk.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const shots = process.env["TSSOP_SCREENS"] ?? "";
const schemes = ["light", "dark"] as const;

let desk: OwnerDesk;
let browser: Browser;
let family: string;
let jonas: string;

/** Five people in Family, Jonas among them, and two in Work. */
beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = await startChromium();
  const { acting, house } = desk;
  const ids: string[] = [];
  for (const name of ["Mia", "Ruth", "Ben", "Tom", "Jonas"]) {
    const person = await house.meet(name, `${name.toLowerCase()}.example`);
    await house.isAsked(person);
    await acting.transact((tx) => acceptRequest(tx, acting.me, person.id, acting.now()));
    ids.push(person.id);
  }
  jonas = ids[4] ?? "";
  const make = (name: string) => acting.transact((tx) => makeAudience(tx, name, acting.now(), acting.random));
  family = await make("Family");
  const work = await make("Work");
  await acting.transact(async (tx) => {
    await putIn(tx, acting.me, family, ids, acting.now());
    await putIn(tx, acting.me, work, ids.slice(3), acting.now());
  });
});
afterEach(async () => {
  await browser.close();
  await desk[Symbol.asyncDispose]();
});

async function entered(options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  const inside = ownerBrowser(desk);
  await inside.enter();
  const [name = "", value = ""] = inside.cookie().split("=", 2);
  await context.addCookies([{ name, value, url: desk.origin }]);
  return context;
}

async function look(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" "))}`);
  expect(found, name).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, `${name} does not scroll sideways`).toBeLessThanOrEqual(0);
  if (shots === "") return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

const newest = async () => {
  const { items } = await homeTimeline(desk.acting.read, desk.acting.me, { limit: 1 });
  return items[0];
};

const posted = () => ({ reach: "chosen", audiences: [family], without: [jonas] });

/** On by Tab until a control is reached; as many presses as there are controls, at most. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`${selector} cannot be reached by Tab`);
}

describe("the audience picker", () => {
  test("is used by keyboard only: Family without Jonas, and the button says to how many", async () => {
    const context = await entered({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(desk.origin);
    await tabTo(page, "#say");
    await page.keyboard.type("Grandpa's birthday.");
    await tabTo(page, ".who > summary");
    await page.keyboard.press("Enter");
    await tabTo(page, 'input[name="reach"]');
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await page.locator('input[name="reach"]:checked').getAttribute("value")).toBe("chosen");
    await tabTo(page, `input[name="in"][value="${family}"]`);
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Post to 5 people" }).waitFor();
    await tabTo(page, 'input[name="no"]');
    await page.keyboard.type("Jonas");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Post to 4 people" }).waitFor();
    expect(await page.locator(".result").innerText()).toContain("Family (5) without Jonas: 4 people");
    await look(page, "picker-keyboard");
    await tabTo(page, "button.main-do");
    await page.keyboard.press("Enter");
    await page.locator("article.post", { hasText: "Grandpa's birthday." }).waitFor();
    expect(await newest()).toMatchObject(posted());
    expect(await page.locator(".reach").first().innerText()).toBe("Family without Jonas");
    await context.close();
  });

  test("works without script: a name is added, who that is is worked out, and nothing typed is lost", async () => {
    const context = await entered({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(desk.origin);
    await page.locator("#say").fill("Cake is on me.");
    await page.locator(".who > summary").click();
    await page.getByText("People I choose", { exact: false }).first().click();
    await page.locator(`input[name="in"][value="${family}"]`).check();
    await page.locator('input[name="no"]').first().fill("jonas");
    await page.getByRole("button", { name: "Leave out" }).first().click();
    expect(await page.locator("#say").inputValue()).toBe("Cake is on me.");
    expect(await page.locator(".who > summary").innerText()).toContain("Family (5) without Jonas: 4 people");
    await page.getByRole("button", { name: "Post to 4 people" }).click();
    await page.locator("article.post", { hasText: "Cake is on me." }).waitFor();
    expect(await newest()).toMatchObject(posted());
    await context.close();
  });

  for (const width of [390, 1280]) {
    for (const colorScheme of schemes) {
      test(`has no barrier at ${width} px, ${colorScheme}, nor have the pages of audiences`, async () => {
        const context = await entered({ viewport: { width, height: 844 }, colorScheme });
        const page = await context.newPage();
        const kind = `${width}-${colorScheme}`;
        await page.goto(desk.origin);
        await page.locator(".who > summary").click();
        await page.getByText("People I choose", { exact: false }).first().click();
        await page.locator(`input[name="in"][value="${family}"]`).check();
        await page.getByRole("button", { name: "Post to 5 people" }).waitFor();
        await page.locator(`input[name="out"]`).last().check();
        await look(page, `picker-${kind}`);
        await page.locator("summary", { hasText: "Who may answer" }).click();
        await look(page, `answers-${kind}`);
        for (const [path, name] of [
          ["/people/audiences", "audiences"],
          [`/people/audiences/${family}`, "audience"],
          [`/people/audiences/${family}/remove`, "audience-remove"],
          [`/people/${jonas}`, "person-audiences"],
          ["/settings/seen", "seen-defaults"],
          [`/?audience=${family}`, "home-audience"],
        ]) {
          await page.goto(desk.origin + path);
          await look(page, `${name}-${kind}`);
        }
        await page.getByRole("textbox", { name: "Your post" }).fill("For some of you.");
        await page.locator(".who > summary").click();
        await page.getByText("People I choose", { exact: false }).first().click();
        await page.locator(`input[name="in"][value="${family}"]`).check();
        await page.getByRole("button", { name: "Post to 5 people" }).click();
        await page.locator("article.post time").first().waitFor();
        const post = await newest();
        await page.goto(`${desk.origin}/posts/${post?.sortKey}/audience`);
        await page.locator(`input[name="out"]`).last().check();
        await page.getByRole("button", { name: "Look what changes" }).click();
        await page.getByRole("button", { name: "Change it" }).waitFor();
        await look(page, `seen-${kind}`);
        await context.close();
      });
    }
  }
});

test.each([
  [390, "light"],
  [1280, "dark"],
] as const)(
  "what is asked before everyone sees it, and after somebody is let go, has no barrier at %i px, %s",
  async (width, colorScheme) => {
    const { acting, house } = desk;
    for (let n = 0; n < 10; n++) {
      const draft = { text: `Number ${n}`, reach: "chosen" as const, audiences: [family] };
      await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
    }
    await house.store.transact(async (tx) => {
      await tx.job.deleteMany({});
      await tx.delivery.updateMany({ data: { state: "delivered" } });
    });
    const context = await entered({ viewport: { width, height: 844 }, colorScheme });
    const page = await context.newPage();
    await page.goto(desk.origin);
    await page.locator("#say").fill("To all of you.");
    await page.getByRole("button", { name: "Post to everyone" }).click();
    await page.getByRole("button", { name: "Choose again" }).waitFor();
    expect(await page.locator("#say").inputValue()).toBe("To all of you.");
    await look(page, `everyone-${width}-${colorScheme}`);
    await page.goto(`${desk.origin}/people/audiences/${family}`);
    await page.getByRole("button", { name: "Take out Jonas" }).click();
    await page.getByRole("button", { name: "Ask their device to delete them" }).waitFor();
    await look(page, `took-out-${width}-${colorScheme}`);
    await context.close();
  },
);

test("people are dragged onto an audience", async () => {
  const context = await entered({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${desk.origin}/people/audiences`);
  const work = page.locator("[data-audience]", { hasText: "Work" });
  expect(await work.locator("h2").innerText()).toBe("Work 2");
  await page.locator("[data-person]", { hasText: "Mia" }).dragTo(work);
  await page.locator("[data-audience] h2", { hasText: "Work 3" }).waitFor();
  await context.close();
});
