import { mkdtemp, readdir, readFile, readlink, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { onionFromSeed } from "../../src/tor/onion-key.ts";
import { eventually } from "../support/eventually.ts";
import { createTorNode, type TorNode } from "../support/tor-node.ts";

const torrc = inject("clientTorrc");

async function reachable(node: TorNode): Promise<void> {
  await node.tor.start();
  node.publish();
  await eventually("the node is reachable", () => node.tor.state().at === "reachable");
}

/** The process that runs in this folder. */
async function pidOf(folder: string): Promise<number> {
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    if ((await readlink(`/proc/${name}/cwd`).catch(() => "")) === folder) return Number(name);
  }
  throw new Error("no tor runs there");
}

async function filesBelow(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(path, await readFile(path));
  }
  return files;
}

test("an address is said to be reachable only after it was reached through Tor, and others reach it too", async () => {
  await using alice = await createTorNode({ torrc, site: (_request, response) => response.end("hello") });
  await using bob = await createTorNode({ torrc });
  await bob.tor.start();
  await reachable(alice);
  const order = alice.states.map(({ at }) => at);
  expect(order.filter((at, index) => at !== order[index - 1])).toEqual([
    "connecting",
    "connected",
    "published",
    "reachable",
  ]);
  await eventually("bob is connected", () => bob.tor.state().at === "connected");
  const response = await bob.torFetch.fetch(`https://${alice.onion}/`);
  expect(await response.text()).toBe("hello");
  expect(await bob.tor.hasDescriptor(alice.onion)).toBe(true);
});

test("D4: a tor that died is started again and publishes the address again", async () => {
  await using alice = await createTorNode({ torrc });
  await using bob = await createTorNode({ torrc });
  await bob.tor.start();
  await reachable(alice);
  process.kill(await pidOf(alice.folder), "SIGKILL");
  await eventually("the death is noticed", () => alice.tor.state().at === "failed");
  expect(alice.tor.state()).toMatchObject({ at: "failed", failure: "tor-died" });
  expect(alice.tor.socks()).toBeNull();
  await expect(alice.torFetch.fetch(`http://${bob.onion}/`)).rejects.toMatchObject({ code: "tor-down" });
  await eventually("it is reachable again", () => alice.tor.state().at === "reachable");
  const answer = await bob.torFetch.fetch(`http://${alice.onion}/`);
  expect(await answer.text()).toBe(`this is ${alice.onion}`);
});

test("a withdrawn address is reached by nobody, and can be published again", async () => {
  const fetchLimits = { attemptMs: 3_000, deadlineMs: 8_000, lookUpMs: 1_000 };
  await using alice = await createTorNode({ torrc });
  await using bob = await createTorNode({ torrc, fetchLimits });
  await bob.tor.start();
  await reachable(alice);
  await eventually("bob is connected", () => bob.tor.state().at === "connected");
  await bob.torFetch.fetch(`http://${alice.onion}/`);
  await alice.tor.withdraw();
  expect(alice.tor.state().at).toBe("connected");
  await expect(bob.torFetch.fetch(`http://${alice.onion}/`)).rejects.toMatchObject({ code: "peer-off" });
  alice.publish();
  await eventually("it is back", () => alice.tor.state().at === "reachable");
  await eventually("bob reaches it", async () => {
    const response = await bob.torFetch.fetch(`http://${alice.onion}/`).catch(() => null);
    return response?.status === 200;
  });
});

test("an address that nobody published has no descriptor", async () => {
  await using bob = await createTorNode({ torrc });
  const nobody = onionFromSeed(Buffer.alloc(32, 7)).onion;
  await expect(bob.tor.hasDescriptor(nobody)).rejects.toMatchObject({ code: "tor-down" });
  await bob.tor.start();
  await eventually("bob is connected", () => bob.tor.state().at === "connected");
  expect(await bob.tor.hasDescriptor(nobody)).toBe(false);
  await expect(bob.torFetch.fetch(`http://${nobody}/`)).rejects.toMatchObject({ code: "peer-off" });
});

test("Tor's folder never holds a key or a name, and its guards lie sealed when it is off", async () => {
  const home = await mkdtemp(join(tmpdir(), "tor-kept-"));
  const folder = join(home, "tor");
  try {
    const alice = await createTorNode({ torrc, folder });
    await reachable(alice);
    const { addOnionKey } = onionFromSeed(alice.seed);
    const expanded = Buffer.from(addOnionKey.slice("ED25519-V3:".length), "base64");
    const secrets = [alice.onion.slice(0, 56), alice.seed, expanded, expanded.subarray(0, 32)];
    const running = await filesBelow(folder);
    await alice[Symbol.asyncDispose]();
    const stopped = await filesBelow(folder);
    expect(running.size).toBeGreaterThan(3);
    for (const [path, bytes] of [...running, ...stopped]) {
      for (const secret of secrets) expect(bytes.includes(secret), path).toBe(false);
    }
    expect([...stopped.keys()]).not.toContain(join(folder, "state"));
    expect([...stopped.keys()].filter((path) => path.endsWith(".sock"))).toEqual([]);
    const sealed = stopped.get(join(folder, "state.sealed"));
    expect(sealed?.includes("Guard")).toBe(false);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);

    await using again = await createTorNode({ torrc, folder, stateKey: alice.stateKey });
    await again.tor.start();
    await eventually("it connects again", () => again.tor.state().at === "connected");
    expect(await readFile(join(folder, "state"), "utf8")).toContain("Guard in=default");
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
});

test("a clock that jumped takes the address out and publishes it again", async () => {
  let shift = 0;
  const now = () => Date.now() + shift;
  await using alice = await createTorNode({ torrc, limits: { clockLookMs: 100 }, now });
  await reachable(alice);
  const seen = alice.states.length;
  shift = 3_600_000;
  await eventually("it is reachable again", () => {
    const since = alice.states.slice(seen).map(({ at }) => at);
    return since[0] === "connected" && since.at(-1) === "reachable";
  });
});
