import { expect, test } from "vitest";
import { onionFromSeed } from "../../../src/tor/onion-key.ts";
import { checkRedirect, checkTarget, type TargetRules } from "../../../src/tor/target.ts";

const friend = onionFromSeed(Buffer.alloc(32, 1)).onion;
const other = onionFromSeed(Buffer.alloc(32, 2)).onion;
const mine = onionFromSeed(Buffer.alloc(32, 3)).onion;
const rules: TargetRules = {
  ownOnions: () => [mine],
  selfTestPath: "/test/",
  allowClearnet: (host) => host === "social.example.org" || host === "127.0.0.1" || host === "printer.local",
};
const code = (address: string) => {
  try {
    return checkTarget(address, rules).href;
  } catch (error) {
    return Reflect.get(error as object, "code");
  }
};

test("https to an onion is asked as http", () => {
  expect(code(`https://${friend}/people/a?b#c`)).toBe(`http://${friend}/people/a?b#c`);
});

test.each([
  "http://192.168.1.1/",
  "http://127.0.0.1/",
  "https://127.0.0.1/",
  "http://2130706433/",
  "http://0x7f.1/",
  "http://[::1]/",
  "http://[::]/",
  "http://localhost/",
  "https://printer.local/",
  "http://social.example.org/",
  "https://elsewhere.example.org/",
  "https://social.example.org:8443/",
  "file:///etc/passwd",
  "data:text/plain,a",
  "ftp://social.example.org/",
  "not an address",
])("A21: %s is outside and stays so", (address) => {
  expect(code(address)).toBe("clearnet-refused");
});

test("a server the owner allowed is reached by https only", () => {
  expect(code("https://social.example.org/a")).toBe("https://social.example.org/a");
});

test("an onion with a wrong checksum, a sub-name or credentials is not understood", () => {
  const wrong = `${friend.startsWith("a") ? "b" : "a"}${friend.slice(1)}`;
  for (const address of [
    `http://${wrong}/`,
    `http://www.${friend}/`,
    `http://a:b@${friend}/`,
    "http://short.onion/",
  ]) {
    expect(code(address), address).toBe("address-not-understood");
  }
});

test("other ports than 80 and 443 are refused", () => {
  expect(code(`http://${friend}:443/`)).toBe(`http://${friend}:443/`);
  expect(code(`http://${friend}:9050/`)).toBe("clearnet-refused");
});

test("our own address is asked for the self-test only", () => {
  expect(code(`http://${mine}/people/me`)).toBe("address-own");
  expect(code(`http://${mine}/test/../people/me`)).toBe("address-own");
  expect(code(`http://${mine}/test/1`)).toBe(`http://${mine}/test/1`);
});

test("A22: a redirect is followed on the same host only, and three times at most", () => {
  const from = new URL(`http://${friend}/a`);
  expect(checkRedirect(from, "/b", 0, rules).href).toBe(`http://${friend}/b`);
  expect(checkRedirect(from, `https://${friend}/b`, 2, rules).href).toBe(`http://${friend}/b`);
  for (const [location, followed] of [
    [`http://${other}/`, 0],
    ["http://127.0.0.1/", 0],
    ["https://social.example.org/", 0],
    ["file:///etc/passwd", 0],
    ["/b", 3],
  ] as const) {
    expect(() => checkRedirect(from, location, followed, rules)).toThrow(
      expect.objectContaining({ code: "peer-refused" }),
    );
  }
});
