import { expect, test } from "vitest";
import { forEveryone } from "../../../src/social/audiences/choice.ts";
import { keepPerson } from "../../../src/social/people/save-person.ts";
import { addField } from "../../../src/social/profile/add-field.ts";
import { forFriends } from "../../../src/social/profile/fields.ts";
import { openDesk } from "../../support/api-desk.ts";
import { openHouse } from "../../support/api-house.ts";
import { cardOf } from "../../support/people.ts";

test("an account has the lines that are shown to the owner, and the owner's has those for everyone", async () => {
  await using house = await openHouse("Anna");
  const { acting } = house;
  const desk = openDesk(acting);
  const app = desk.as(await desk.token());
  const add = (label: string, seen: typeof forEveryone) =>
    acting.transact((tx) =>
      addField(tx, acting.me, { kind: "date", label, value: "04-14", seen }, acting.now(), acting.random),
    );
  await add("Birthday", forEveryone);
  await add("Wedding", forFriends);
  const own = [{ name: "Birthday", value: "14 April", verified_at: null }];
  const { body: me } = await app.get("/api/v1/accounts/verify_credentials").expect(200);
  expect([me.fields, me.source.fields]).toEqual([own, own]);
  expect((await app.get(`/api/v1/accounts/${me.id}`).expect(200)).body.fields).toEqual(own);

  const fields = [{ label: "Town", html: "<b>Freiburg</b><script>x</script>" }];
  await acting.transact((tx) => keepPerson(tx, { ...cardOf("Mia"), fields }, acting.now()));
  const { body: mia } = await app
    .get("/api/v1/accounts/lookup")
    .query({ acct: "mia@mia.example" })
    .expect(200);
  expect(mia.fields).toEqual([{ name: "Town", value: "<b>Freiburg</b>", verified_at: null }]);
});
