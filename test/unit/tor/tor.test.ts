import { expect, test } from "vitest";
import { createLog } from "../../../src/lib/log.ts";
import type { TorLimits } from "../../../src/tor/limits.ts";
import { onionFromSeed } from "../../../src/tor/onion-key.ts";
import type { TorState } from "../../../src/tor/state.ts";
import { createTor, type Tor, type TorOptions } from "../../../src/tor/tor.ts";
import { eventually } from "../../support/eventually.ts";
import { CONNECTING, createFakeTor, DONE, type FakeTor, type FakeTorPlan } from "../../support/fake-tor.ts";

const seed = Buffer.alloc(32, 9);
const { onion } = onionFromSeed(seed);
const name = onion.slice(0, 56);
const accepted = `HS_DESC UPLOADED ${name} UNKNOWN $AB~r`;
const rejected = `HS_DESC FAILED ${name} UNKNOWN $AB~r DESC REASON=UPLOAD_REJECTED`;

const quick: Partial<TorLimits> = {
  lookMs: 10,
  blockedMs: 100,
  noRouteMs: 50,
  noNetworkMs: 60_000,
  stuckFirstMs: 60_000,
  diedFirstMs: 10,
  diedMaxMs: 40,
  settleMs: 20,
  refusedFirstMs: 20,
  refusedMaxMs: 40,
  testFirstMs: 5,
  testMaxMs: 10,
};

/** For what has nothing to do with how soon it connects: a busy computer takes its time. */
const patient: Partial<TorLimits> = { ...quick, blockedMs: 60_000 };

type Fixture = AsyncDisposable & { fake: FakeTor; tor: Tor; states: TorState[] };

async function started(plan: FakeTorPlan, more: Partial<TorOptions> = {}, limits = quick): Promise<Fixture> {
  const fake = await createFakeTor(plan);
  const options: TorOptions = {
    binary: fake.binary,
    // The stand-in is a script of this Node, which may bring libraries of its own.
    libraryPath: process.env["LD_LIBRARY_PATH"],
    folder: fake.folder,
    stateKey: Buffer.alloc(32, 1),
    extraTorrc: [],
    bridges: [],
    selfTest: async () => true,
    now: Date.now,
    log: createLog(() => {}, "silent"),
    ...more,
  };
  const tor = createTor(options, limits);
  const states: TorState[] = [];
  tor.onState((state) => states.push(state));
  await tor.start();
  const dispose = async () => {
    await tor[Symbol.asyncDispose]();
    await fake[Symbol.asyncDispose]();
  };
  return { fake, tor, states, [Symbol.asyncDispose]: dispose };
}

const at = (tor: Tor, wanted: TorState["at"]) => eventually(wanted, () => tor.state().at === wanted, 10_000);

async function failsWith(tor: Tor, failure: string): Promise<TorState & { at: "failed" }> {
  await eventually(failure, () => {
    const state = tor.state();
    return state.at === "failed" && state.failure === failure;
  });
  const state = tor.state();
  if (state.at !== "failed") throw new Error("it got over it");
  return state;
}

test("without a tor on this computer that is said, and tried again only by hand", async () => {
  await using none = await started({}, { binary: null });
  expect(await failsWith(none.tor, "tor-missing")).toMatchObject({ nextTryAt: 0 });
  await using gone = await started({}, { binary: "/nonexistent/tor" });
  expect(await failsWith(gone.tor, "tor-missing")).toMatchObject({ nextTryAt: 0 });
});

test("a tor that is too old is said", async () => {
  await using old = await started({ version: "0.4.7.16" });
  expect(await failsWith(old.tor, "tor-too-old")).toMatchObject({ nextTryAt: 0 });
  await old.fake.plan({ phase: DONE });
  old.tor.retryNow();
  await at(old.tor, "connected");
});

test("progress is told as Tor tells it", async () => {
  const events = ['STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=45 TAG=loading_descriptors SUMMARY="Loading"'];
  await using it = await started({ phase: CONNECTING, events });
  await eventually("45 %", () => {
    const state = it.tor.state();
    return state.at === "connecting" && state.percent === 45 && state.stage === "loading_descriptors";
  });
  expect(it.tor.socks()).toBeNull();
});

test("a wrong clock is named", async () => {
  const events = ["STATUS_GENERAL WARN CLOCK_SKEW SKEW=86400 SOURCE=CONSENSUS"];
  await using it = await started({ phase: CONNECTING, events });
  expect(await failsWith(it.tor, "clock-wrong")).toMatchObject({ detail: "86400 s" });
});

test("connecting that does not get on is blocked, or there is no network", async () => {
  await using blocked = await started({ phase: CONNECTING });
  const { nextTryAt, since } = await failsWith(blocked.tor, "blocked");
  expect(nextTryAt - since).toBe(60_000);
  const events = [
    'STATUS_CLIENT WARN BOOTSTRAP PROGRESS=5 TAG=conn WARNING="No route" REASON=NOROUTE COUNT=2',
  ];
  await using cut = await started({ phase: CONNECTING, events });
  await failsWith(cut.tor, "no-network");
});

test("bridges can be pasted when it is blocked; a line that is none changes nothing", async () => {
  await using it = await started({ phase: CONNECTING });
  await failsWith(it.tor, "blocked");
  await expect(it.tor.setBridges(["hello"])).rejects.toMatchObject({ code: "bridge-not-understood" });
  await it.fake.plan({ phase: DONE });
  await it.tor.setBridges(["192.0.2.7:9001"]);
  await at(it.tor, "connected");
});

test("a tor that keeps dying is started again, ever more slowly, with its last words kept", async () => {
  await using it = await started({ phase: DONE, exitAfterMs: 30 }, {}, patient);
  const deaths = () => it.states.filter((state) => state.at === "failed");
  await eventually("it died four times", () => deaths().length >= 4);
  const waits = deaths().map((state) => (state.at === "failed" ? state.nextTryAt - state.since : 0));
  expect(waits.slice(0, 4)).toEqual([10, 20, 40, 40]);
  expect(deaths()[0]).toMatchObject({ failure: "tor-died", detail: "[err] out of luck (1)" });
  await it.fake.plan({ phase: DONE });
  await eventually("it stays", async () => it.tor.state().at === "connected" && it.tor.socks() !== null);
});

test("whenever a tor dies, its last words are what is told", async () => {
  for (let exitAfterMs = 1; exitAfterMs < 40; exitAfterMs += 2) {
    await using it = await started({ phase: DONE, exitAfterMs }, {}, patient);
    expect(await failsWith(it.tor, "tor-died"), `${exitAfterMs} ms`).toMatchObject({
      detail: "[err] out of luck (1)",
    });
  }
});

test("a tor that refuses its configuration says why", async () => {
  await using it = await started({ lastWords: "[err] Reading config failed" });
  expect(await failsWith(it.tor, "tor-died")).toMatchObject({ detail: "[err] Reading config failed (1)" });
});

test("refused uploads are tried again by taking the address out and in", async () => {
  const uploads = [
    [rejected, rejected],
    [rejected, accepted, rejected],
    [accepted, accepted, rejected],
  ];
  await using it = await started({ phase: DONE, uploads }, { selfTest: async () => false });
  it.tor.publish({ seed, target: { path: "/p.sock" }, virtualPort: 80 });
  const about = async () =>
    (await it.fake.commands()).flatMap((line) => /^(ADD|DEL)_ONION/.exec(line)?.[1] ?? []).slice(0, 5);
  await eventually("three publications", async () => (await about()).length === 5);
  expect(await about()).toEqual(["ADD", "DEL", "ADD", "DEL", "ADD"]);
});

test("uploads that are refused again and again are said", async () => {
  await using it = await started({ phase: DONE, uploads: [[rejected]] });
  it.tor.publish({ seed, target: { path: "/p.sock" }, virtualPort: 80 });
  await failsWith(it.tor, "publish-refused");
  expect(it.states.some((state) => state.at === "published")).toBe(false);
});

test("reachable is said only after the self-test, and taken back when it fails", async () => {
  let answers = false;
  let asked = 0;
  const selfTest = async (tested: string) => {
    asked += 1;
    return tested === onion && answers;
  };
  await using it = await started({ phase: DONE, uploads: [[accepted]] }, { selfTest });
  it.tor.publish({ seed, target: { path: "/p.sock" }, virtualPort: 80 });
  await at(it.tor, "published");
  await failsWith(it.tor, "not-reachable-yet");
  expect(asked).toBeGreaterThanOrEqual(5);
  answers = true;
  await at(it.tor, "reachable");
  answers = false;
  it.tor.retryNow();
  await failsWith(it.tor, "not-reachable-yet");
});

test("A30: proof of work is asked for; a tor that cannot do it still publishes", async () => {
  await using it = await started({ phase: DONE, uploads: [[accepted]], refusesProofOfWork: true });
  it.tor.publish({ seed, target: { port: 8080 }, virtualPort: 80 });
  await at(it.tor, "reachable");
  const added = (await it.fake.commands()).filter((line) => line.startsWith("ADD_ONION"));
  expect(added).toHaveLength(2);
  expect(added[0]).toContain("PoWDefensesEnabled=1");
  expect(added[1]).toMatch(/Flags=DiscardPK,MaxStreamsCloseCircuit MaxStreams=32 Port=80,127\.0\.0\.1:8080$/);
});

test("the network that goes and comes back is told", async () => {
  const events = ["WAIT 50", "NETWORK_LIVENESS DOWN", "WAIT 50", "NETWORK_LIVENESS UP"];
  await using it = await started({ phase: DONE, events, uploads: [[accepted]] });
  it.tor.publish({ seed, target: { path: "/p.sock" }, virtualPort: 80 });
  await eventually("it was away", () => it.states.some((state) => state.at === "failed"));
  await at(it.tor, "reachable");
  const away = it.states.filter((state) => state.at === "failed");
  expect(away).toMatchObject([{ failure: "no-network" }]);
  expect((await it.fake.commands()).filter((line) => line === "START")).toHaveLength(1);
});

test("a folder whose name is too long for sockets gets them elsewhere", async () => {
  const fake = await createFakeTor({ phase: DONE });
  await using it = await started(
    { phase: DONE },
    { binary: fake.binary, folder: `${fake.folder}${"/long".repeat(20)}` },
  );
  await at(it.tor, "connected");
  const socks = it.tor.socks();
  expect(socks !== null && "path" in socks && socks.path.length).toBeLessThan(100);
  await it.tor[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});
