import { expect, test } from "vitest";
import { ownerBrowser } from "../../support/owner-browser.ts";
import { openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones } from "../../support/page-shape.ts";

test("how much of others' files is kept is chosen on the storage page", async () => {
  await using desk = await openOwnerDesk();
  const browser = ownerBrowser(desk);
  await browser.enter();
  const page = await browser.get("/settings/storage");
  expect(brokenBones(page.text)).toEqual([]);
  expect(page.text).toMatch(/value="500" checked/);
  await browser.send(page, "/settings/storage", { cache: "100" });
  expect((await browser.get("/settings/storage")).text).toMatch(/value="100" checked/);
  await browser.send(page, "/settings/storage", { cache: "999999" });
  expect((await browser.get("/settings/storage")).text).toMatch(/value="100" checked/);
});
