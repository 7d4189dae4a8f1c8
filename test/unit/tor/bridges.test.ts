import { expect, test } from "vitest";
import { bridgeLines } from "../../../src/tor/bridges.ts";

const plain = "192.0.2.7:9001 0123456789abcdef0123456789ABCDEF01234567";
const obfs4 = `obfs4 192.0.2.7:443 0123456789abcdef0123456789ABCDEF01234567 cert=Ab+/c iat-mode=0`;
const notUnderstood = expect.objectContaining({ code: "bridge-not-understood" });

test("a plain bridge needs no other program", () => {
  expect(bridgeLines([`Bridge ${plain}`, "", ` [2001:db8::1]:443 `], null)).toEqual([
    "UseBridges 1",
    `Bridge ${plain}`,
    "Bridge [2001:db8::1]:443",
  ]);
  expect(bridgeLines([""], null)).toEqual([]);
});

test("an obfs4 bridge is used with its program, and refused with a sentence without it", () => {
  expect(bridgeLines([obfs4], "/usr/bin/obfs4proxy")).toEqual([
    "UseBridges 1",
    "ClientTransportPlugin obfs4 exec /usr/bin/obfs4proxy",
    `Bridge ${obfs4}`,
  ]);
  expect(() => bridgeLines([obfs4], null)).toThrow(notUnderstood);
  expect(() => bridgeLines([obfs4], null)).toThrow(
    expect.objectContaining({ safe: expect.stringContaining("obfs4") }),
  );
  expect(() => bridgeLines([obfs4.replace("obfs4", "unheard_of")], "/usr/bin/obfs4proxy")).toThrow(
    notUnderstood,
  );
});

test.each([
  "hello",
  "192.0.2.7",
  `${plain}\nSocksPort 9050`,
  `obfs4 exec /bin/sh`,
  `${plain} not-a-pair`,
  `obfs4,../x 192.0.2.7:443`,
  `${plain} a=${"b".repeat(1000)}`,
])("what is no bridge line never reaches Tor's configuration: %s", (line) => {
  expect(() => bridgeLines([line], "/usr/bin/obfs4proxy")).toThrow(notUnderstood);
});
