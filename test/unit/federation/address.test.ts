import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "../../../src/federation/translate/address.ts";
import { onionOf } from "../../../src/lib/onion-name.ts";

const onion = onionOf(Buffer.alloc(32, 7));
const anna = { kind: "name", handle: "anna", host: onion };

describe("an address that was pasted", () => {
  test.each([
    `@anna@${onion}`,
    `anna@${onion}`,
    ` anna@${onion} \n`,
    `@@anna@${onion}`,
    `acct:anna@${onion}`,
    `tssop:anna@${onion}`,
    `tssop:@anna@${onion}`,
    `tssop://anna@${onion}`,
    `<anna@${onion}>`,
    `anna@${onion}.`,
    `anna@${onion.toUpperCase()}`,
    `anna@${onion.slice(0, 20)}\u200b ${onion.slice(20)}`,
    `http://${onion}/@anna`,
    `https://${onion}/@anna`,
    `${onion}/@anna`,
    `HTTP://${onion.toUpperCase()}/@anna/`,
  ])("is understood as a name: %s", (pasted) => {
    expect(parseAddress(pasted)).toEqual(anna);
  });

  test.each([onion, `http://${onion}`, `https://${onion}/`, `tssop:${onion}`, `${onion}/`])(
    "is understood as a device alone: %s",
    (pasted) => {
      expect(parseAddress(pasted)).toEqual({ kind: "host", host: onion });
    },
  );

  test("of a thing stays an address of that thing, and an onion's is http", () => {
    expect(parseAddress(`https://${onion}/people/anna#main-key`)).toEqual({
      kind: "uri",
      uri: `http://${onion}/people/anna`,
      host: onion,
    });
  });

  test("outside the onion network is understood, so that it can be refused by its name", () => {
    expect(parseAddress("@anna@social.example")).toEqual({
      kind: "name",
      handle: "anna",
      host: "social.example",
    });
  });

  test.each([
    "",
    "anna",
    "@anna",
    "@",
    "anna@",
    `anna@${onion.slice(1)}`,
    `anna@b${onion.slice(1)}`,
    `anna@sub.${onion}`,
    `an na!@${onion}`,
    `http://anna:secret@${onion}/`,
    `http://${onion}:8080/@anna`,
    "http://127.0.0.1/@anna",
    "http://[::1]/@anna",
    "anna@localhost",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "a".repeat(5000),
  ])("that is none is said to be none: %s", (pasted) => {
    expect(parseAddress(pasted)).toBeNull();
  });

  test("never throws, whatever it is", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => void parseAddress(text)));
  });
});
