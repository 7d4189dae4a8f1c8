import { expect, test } from "vitest";
import { isNewEnoughTor, readNews } from "../../../src/tor/bootstrap.ts";
import { diagnose } from "../../../src/tor/diagnose.ts";

const name = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid";
const onion = `${name}.onion`;

test.each([
  [
    'STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=45 TAG=requesting_descriptors SUMMARY="Asking for relay descriptors"',
    { kind: "progress", percent: 45, stage: "requesting_descriptors" },
  ],
  [
    'STATUS_CLIENT WARN BOOTSTRAP PROGRESS=5 TAG=conn SUMMARY="Connecting" WARNING="No route to host" REASON=NOROUTE COUNT=3',
    { kind: "trouble", reason: "NOROUTE" },
  ],
  ["STATUS_GENERAL WARN CLOCK_SKEW SKEW=-7200 SOURCE=CONSENSUS", { kind: "clock-wrong", seconds: -7200 }],
  ["NETWORK_LIVENESS DOWN", { kind: "network", up: false }],
  [`HS_DESC UPLOADED ${name} UNKNOWN $AB~relay1`, { kind: "upload", onion, accepted: true }],
  [
    `HS_DESC FAILED ${name} NO_AUTH $AB~r DESC REASON=UPLOAD_REJECTED`,
    { kind: "upload", onion, accepted: false },
  ],
  [
    `HS_DESC FAILED ${name} NO_AUTH $AB~r DESC REASON=NOT_FOUND`,
    { kind: "descriptor", onion, found: false, exhausted: false },
  ],
  [
    `HS_DESC FAILED ${name} NO_AUTH UNKNOWN REASON=QUERY_NO_HSDIR`,
    { kind: "descriptor", onion, found: false, exhausted: true },
  ],
  [
    `HS_DESC RECEIVED ${name} NO_AUTH $AB~r DESC`,
    { kind: "descriptor", onion, found: true, exhausted: false },
  ],
  [`HS_DESC REQUESTED ${name} NO_AUTH $AB~r DESC`, null],
  ["STATUS_CLIENT NOTICE CIRCUIT_ESTABLISHED", null],
  ["", null],
])("%s", (event, news) => {
  expect(readNews(event)).toEqual(news);
});

test("0.4.8 is the oldest tor that will do", () => {
  for (const version of ["0.4.8.0-alpha", "0.4.9.11", "0.5.0.1", "1.0"])
    expect(isNewEnoughTor(version)).toBe(true);
  for (const version of ["0.4.7.16", "0.3.9", "", "git"]) expect(isNewEnoughTor(version)).toBe(false);
});

test("connecting that does not get on is named after what is missing", () => {
  const limits = { noNetworkMs: 8, noRouteMs: 20, blockedMs: 60 };
  const at = (stuckMs: number, reason = "", hasNetwork = true) =>
    diagnose({ stuckMs, reason, hasNetwork }, limits);
  expect(at(59)).toBeNull();
  expect(at(61)).toBe("blocked");
  expect(at(61, "TIMEOUT")).toBe("blocked");
  expect(at(21, "NOROUTE")).toBe("no-network");
  expect(at(9, "", false)).toBe("no-network");
  expect(at(7, "NOROUTE", false)).toBeNull();
});
