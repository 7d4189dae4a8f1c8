import { expect, test } from "vitest";
import { createEntrances, ENTRANCE_LIFE } from "../../src/entrances.ts";
import { systemRandom } from "../../src/lib/ids.ts";

const clock = { now: Date.UTC(2026, 10, 3) };
function entrances() {
  const { give, use } = createEntrances(systemRandom, () => clock.now);
  return { give: (personId: string) => give(personId).token, use };
}

test("a word for the way in is good once, for the person it was given for", () => {
  const at = entrances();
  const [mia, ole] = [at.give("mia"), at.give("ole")];
  expect(at.use(ole)).toBe("ole");
  expect(at.use(mia)).toBe("mia");
  expect(at.use(mia)).toBeNull();
});

test("it is over after five minutes, and not a moment before", () => {
  const at = entrances();
  const [early, late] = [at.give("mia"), at.give("mia")];
  clock.now += ENTRANCE_LIFE - 1;
  expect(at.use(early)).toBe("mia");
  clock.now += 1;
  expect(at.use(late)).toBeNull();
});

test("one that was changed, cut, made up or given in another run opens nothing", () => {
  const at = entrances();
  const good = at.give("mia");
  const foreign = entrances().give("mia");
  for (const odd of [good.slice(1), `${good}x`, good.toUpperCase(), foreign, "", "mia", "__proto__"]) {
    expect(at.use(odd), odd).toBeNull();
  }
  expect(at.use(good)).toBe("mia");
});

test("whoever asks a thousand times has five, and takes nobody else's", () => {
  const at = entrances();
  const mia = at.give("mia");
  const oles = Array.from({ length: 1_000 }, () => at.give("ole"));
  expect(oles.filter((token) => at.use(token) !== null)).toEqual(oles.slice(-5));
  expect(at.use(mia)).toBe("mia");
});

test("however many ask, no more than five hundred are kept", () => {
  const at = entrances();
  const all = Array.from({ length: 600 }, (_, n) => at.give(`person ${n}`));
  expect(all.filter((token) => at.use(token) !== null)).toHaveLength(500);
});
