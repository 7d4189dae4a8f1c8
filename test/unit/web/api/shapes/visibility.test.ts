import { expect, test } from "vitest";
import { reachOf, visibilityOf } from "../../../../../src/web/api/shapes/visibility.ts";

test("who sees a post survives the way to an app and back", () => {
  for (const visibility of ["public", "unlisted", "private", "direct"]) {
    const reach = reachOf(visibility);
    expect(reach).not.toBeNull();
    if (reach !== null) expect(visibilityOf(reach)).toBe(visibility);
  }
});

test("a note to oneself reads as direct, never as anything wider", () => {
  expect(visibilityOf("me")).toBe("direct");
});

test("an unknown visibility is not taken for a known one", () => {
  for (const word of ["everyone", "Public", "", "toString", "__proto__"]) expect(reachOf(word)).toBeNull();
});
