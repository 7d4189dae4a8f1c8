import { expect, test } from "vitest";
import { createLog } from "../../../src/lib/log.ts";
import { onionFromSeed } from "../../../src/tor/onion-key.ts";
import { createTor, type Tor } from "../../../src/tor/tor.ts";
import { eventually } from "../../support/eventually.ts";
import { createFakeTor, DONE, type FakeTor, type FakeTorPlan } from "../../support/fake-tor.ts";

const seed = Buffer.alloc(32, 5);
const { onion } = onionFromSeed(seed);
const name = onion.slice(0, 56);
const clientKey = "A".repeat(52);
const service = { seed, clientKey, target: { path: "/p.sock" }, virtualPort: 80 } as const;

type Fixture = AsyncDisposable & { fake: FakeTor; tor: Tor };

async function tor(plan: FakeTorPlan): Promise<Fixture> {
  const fake = await createFakeTor(plan);
  const made = createTor(
    {
      ...{ binary: fake.binary, libraryPath: process.env["LD_LIBRARY_PATH"], folder: fake.folder },
      ...{ stateKey: Buffer.alloc(32, 1), extraTorrc: [], bridges: [], selfTest: async () => true },
      ...{ now: Date.now, log: createLog(() => {}, "silent") },
    },
    { diedFirstMs: 10, diedMaxMs: 20, settleMs: 20, refusedFirstMs: 20, refusedMaxMs: 40 },
  );
  const dispose = async () => {
    await made[Symbol.asyncDispose]();
    await fake[Symbol.asyncDispose]();
  };
  return { fake, tor: made, [Symbol.asyncDispose]: dispose };
}

const sent = async (fake: FakeTor, word: string) =>
  (await fake.commands()).filter((line) => line.startsWith(word));
const connected = (it: Fixture) => eventually("it is connected", () => it.tor.socks() !== null);

test("a brief address is published for one key only, and taken out at its end", async () => {
  await using it = await tor({ phase: DONE });
  await it.tor.start();
  await connected(it);
  const brief = it.tor.publishBriefly(service);
  const [added = ""] = await eventually("it is added", async () => {
    const lines = await sent(it.fake, "ADD_ONION");
    return lines.length > 0 ? lines : null;
  });
  expect(added).toMatch(/^ADD_ONION ED25519-V3:\S+ Flags=DiscardPK,MaxStreamsCloseCircuit,V3Auth /);
  expect(added.endsWith(` Port=80,unix:/p.sock ClientAuthV3=${clientKey}`)).toBe(true);
  expect(await it.tor.about()).toMatchObject({ brief: [name] });
  await brief[Symbol.asyncDispose]();
  expect(await sent(it.fake, "DEL_ONION")).toEqual([`DEL_ONION ${name}`]);
  expect(await it.tor.about()).toMatchObject({ brief: [] });
});

test("a brief address changes nothing about what is said of the owner's own", async () => {
  await using it = await tor({ phase: DONE, uploads: [[`HS_DESC UPLOADED ${name} UNKNOWN $AB~r`]] });
  await it.tor.start();
  await connected(it);
  await using _brief = it.tor.publishBriefly(service);
  await eventually("it is added", async () => (await sent(it.fake, "ADD_ONION")).length === 1);
  expect(it.tor.state().at).toBe("connected");
});

test("directories that refuse a brief address are asked again", async () => {
  const refused = `HS_DESC FAILED ${name} UNKNOWN $AB~r DESC REASON=UPLOAD_REJECTED`;
  await using it = await tor({ phase: DONE, uploads: [[refused]] });
  await it.tor.start();
  await using _brief = it.tor.publishBriefly(service);
  await eventually("it is tried thrice", async () => (await sent(it.fake, "ADD_ONION")).length >= 3);
});

test("what was asked of a tor that is not up, or dies, is done once one is", async () => {
  await using it = await tor({ phase: DONE, exitAfterMs: 100 });
  await using _brief = it.tor.publishBriefly(service);
  const secret = Buffer.alloc(32, 64);
  const key = it.tor.authorize(onion, secret);
  await it.tor.start();
  const add = `ONION_CLIENT_AUTH_ADD ${name} x25519:${secret.toString("base64")}`;
  await eventually("it was told twice", async () => {
    const keys = await sent(it.fake, "ONION_CLIENT_AUTH_ADD");
    const onions = await sent(it.fake, "ADD_ONION");
    return onions.length >= 2 && keys.length >= 2 && keys.every((line) => line === add);
  });
  await it.fake.plan({ phase: DONE });
  await eventually("it stays", async () => {
    const starts = (await sent(it.fake, "START")).length;
    return it.tor.socks() !== null && (await sent(it.fake, "ONION_CLIENT_AUTH_ADD")).length === starts;
  });
  await key[Symbol.asyncDispose]();
  expect((await sent(it.fake, "ONION_CLIENT_AUTH_REMOVE")).at(-1)).toBe(`ONION_CLIENT_AUTH_REMOVE ${name}`);
});

test("an address is asked for anew each time, until a directory has it", async () => {
  await using it = await tor({ phase: DONE, found: [false, false, true] });
  await it.tor.start();
  await connected(it);
  expect(await it.tor.seek(onion)).toBe(false);
  expect(await it.tor.seek(onion)).toBe(false);
  expect(await it.tor.seek(onion)).toBe(true);
  expect(await it.tor.seek("nobody.onion")).toBe(false);
  expect(await sent(it.fake, "HSFETCH")).toEqual(Array(3).fill(`HSFETCH ${name}`));
});

test("nobody is sought without Tor", async () => {
  await using it = await tor({ phase: DONE });
  await expect(it.tor.seek(onion)).rejects.toMatchObject({ code: "tor-down" });
});
