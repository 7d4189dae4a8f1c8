import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Choosing, openChoosing, type Texts } from "../../support/choosing.ts";
import { wordsOfPage } from "../../support/page-shape.ts";

/** Mia, Ben and Jonas are elsewhere, until their devices say that they are as ours. */
let choosing: Choosing;
beforeEach(async () => {
  choosing = await openChoosing();
});
afterEach(() => choosing[Symbol.asyncDispose]());

const asOurs = (...names: ("Mia" | "Ben" | "Jonas")[]) =>
  choosing.desk.house.store.transact((tx) =>
    tx.person.updateMany({
      where: { id: { in: names.map((name) => choosing.people[name]) } },
      data: { friendly: true },
    }),
  );
const said = async (...fields: Texts) =>
  wordsOfPage((await choosing.write([...fields, ["do", "count"]])).text);

describe("that answers go to others where somebody is", () => {
  test("is said of a narrow choice with them in it, by name", async () => {
    await asOurs("Ben", "Jonas");
    const words = await said(...choosing.toFamily());
    expect(words).toContain("Where Mia is, answers go to Mia’s own followers.");
    await asOurs("Mia");
    expect(await said(...choosing.toFamily())).not.toContain("own followers");
  });

  test("is said of each of them up to three, and the others are counted", async () => {
    const { desk, family, people } = choosing;
    expect(await said(["reach", "chosen"], ["to", people.Mia], ["to", people.Ben])).toMatch(
      /Where (?:Mia and Ben|Ben and Mia) are, answers go to their own followers\./,
    );
    for (const name of ["Ada", "Tom"]) {
      const { id } = await desk.house.meet(name, `${name.toLowerCase()}.example`);
      await desk.house.store.transact((tx) =>
        tx.audienceMember.create({ data: { audienceId: family, personId: id, at: new Date(0) } }),
      );
    }
    expect(await said(...choosing.toFamily())).toMatch(
      /Where (?:\w+, ){2}\w+ and 2 more are, answers go to their own followers\./,
    );
  });

  test("is not said of who is left out, nor where everyone sees it, or nobody", async () => {
    const { people } = choosing;
    await asOurs("Ben", "Jonas");
    expect(await said(...choosing.toFamily(), ["out", people.Mia])).not.toContain("own followers");
    for (const reach of ["everyone", "unlisted", "me"]) {
      expect(await said(["reach", reach], ["to", people.Mia])).not.toContain("own followers");
    }
  });

  test("is said on the composer as it is opened, when what is kept for the next ones is so", async () => {
    const { browser, write, toFamily } = choosing;
    expect(wordsOfPage((await browser.get("/")).text)).not.toContain("own followers");
    await write([...toFamily(), ["keep", "yes"], ["do", "post"]]);
    expect(wordsOfPage((await browser.get("/")).text)).toContain("answers go to their own followers.");
  });

  test("is not said of the profile, which nobody answers", async () => {
    const { browser, send, family } = choosing;
    const path = "/settings/profile/seen/about";
    const fields: Texts = [
      ["seen-reach", "chosen"],
      ["seen-in", family],
      ["do", "seen-count"],
    ];
    const words = wordsOfPage((await send(await browser.get(path), path, fields)).text);
    expect(words).toContain("Family (3): 3 people");
    expect(words).not.toContain("own followers");
  });
});
