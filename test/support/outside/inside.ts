import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asRequest, readBody, sendResponse } from "../../../src/web/http-bridge.ts";
import { startChromium } from "../chromium.ts";
import { leaks } from "../leak/counters.ts";
import { enter } from "../owner-walk.ts";
import { createPeer, type Peer } from "../peer.ts";
import { startPerson, until } from "../person.ts";
import { startTorNetwork } from "../tor-network/network.ts";
import { createTorNode } from "../tor-node.ts";
import { startResolver } from "./resolver.ts";

/**
 * Runs inside a network namespace that has nothing but loopback: a private Tor network with an exit, two servers with
 * certificates on ordinary names, and Alice, who meets Otto there through her pages. Prints one JSON line at the end.
 */
const folder = mkdtempSync(join(tmpdir(), "tssop-outside-"));
const fixtures = join(import.meta.dirname, "../../fixtures/outside");
const say = (step: string) => process.stderr.write(`${step}\n`);
const report: Record<string, unknown> = {};
await using stack = new AsyncDisposableStack();
stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const places = { "mastodon.example": "127.0.0.77", "forged.example": "127.0.0.78" };
const resolver = stack.use(await startResolver("127.0.0.53", places));
const resolverFile = join(folder, "resolv.conf");
writeFileSync(resolverFile, "nameserver 127.0.0.53\n");

async function serve(peer: Peer): Promise<void> {
  const file = (end: string) => readFileSync(join(fixtures, `${peer.host}.${end}`));
  const server = createServer({ cert: file("crt"), key: file("key") }, async (req, res) => {
    const body = req.method === "POST" ? await readBody(req, 1 << 20) : null;
    await sendResponse(await peer.handle(asRequest(req, peer.origin, body)), res);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(443, places[peer.host as keyof typeof places], resolve);
  });
  stack.defer(() => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()));
}
const otto = createPeer("mastodon.example", "otto", undefined, "https");
const forger = createPeer("forged.example", "otto", undefined, "https");
await serve(otto);
await serve(forger);

const network = await startTorNetwork({
  tor: process.env["TSSOP_TOR"] ?? "tor",
  exit: { resolver: resolverFile },
  say,
});
stack.defer(() => network.stop());
const alice = await startPerson({
  name: "Alice",
  folder,
  torrc: network.clientTorrc,
  environment: { NODE_EXTRA_CA_CERTS: join(fixtures, "ca.pem") },
});
stack.defer(() => alice.stop());
await alice.event("reachable");
const server = stack.use(await createTorNode({ torrc: network.clientTorrc }));
await server.tor.start();
say("Alice can be reached");

const browser = await startChromium();
stack.defer(() => browser.close());
const page = await browser.newPage();
await enter(page, alice);

async function lookFor(address: string): Promise<void> {
  await page.goto(`${alice.owner}/connect`);
  await page.locator("#theirs").fill(address);
  await page
    .locator("form", { has: page.locator("#theirs") })
    .getByRole("button")
    .click();
  await page.waitForLoadState();
}
const words = () => page.locator("main").innerText();
const allow = async () => {
  await page.getByRole("button", { name: "Allow", exact: false }).first().click();
  await page.waitForLoadState();
};

// Alice looks for Otto: she is asked, and until she answers nothing has gone there.
await lookFor(`https://${otto.host}/users/otto`);
report["question"] = await words();
report["askedBeforeAllowed"] = [...resolver.asked];
await allow();
report["found"] = await words();

await page.locator("section[data-region=standing] button[value=subscribe]").click();
const followed = await until("Otto's server is asked", async () =>
  otto.received.find(({ activity }) => activity["type"] === "Follow"),
);
report["follow"] = followed.activity;

// Otto's server answers through Tor, like one that has it: to an onion, signed with its key outside.
const send = async (activity: object) => {
  const signed = otto.signed(`http://${alice.onion}/inbox`, {
    "@context": "https://www.w3.org/ns/activitystreams",
    actor: otto.uri,
    ...activity,
  });
  const response = await until("Tor is up", () => server.torFetch.fetch(signed.clone()));
  return response.status;
};
report["accepted"] = await send({
  id: `${otto.uri}#accept`,
  type: "Accept",
  object: followed.activity["id"],
});
report["posted"] = await send({
  id: `${otto.origin}/notes/1/activity`,
  type: "Create",
  to: "https://www.w3.org/ns/activitystreams#Public",
  object: {
    id: `${otto.origin}/notes/1`,
    type: "Note",
    attributedTo: otto.uri,
    content: "<p>Hello from outside</p>",
    to: "https://www.w3.org/ns/activitystreams#Public",
  },
});
await page.goto(alice.owner);
await page.getByText("Hello from outside").waitFor();
say("Otto's post is there");

// A certificate by somebody nobody trusts; an address of numbers; another port.
await lookFor(`https://${forger.host}/users/otto`);
await allow();
report["forged"] = await words();
report["forgerGot"] = forger.asked.length + forger.received.length;
for (const [name, address] of [
  ["numbers", "https://127.0.0.77/users/otto"],
  ["port", `https://${otto.host}:8443/users/otto`],
] as const) {
  await lookFor(address);
  report[name] = await page.locator(".why").first().innerText();
}
// Taken back: nothing goes there any more.
await page.goto(`${alice.owner}/settings/outside`);
const row = page.locator("li", { hasText: otto.host });
await row.getByRole("button").click();
await page.waitForLoadState();
const before = otto.asked.length + otto.received.length;
await alice.api("POST", "/api/v1/statuses", { status: "After it was taken back", visibility: "public" });
await lookFor(`https://${otto.host}/users/nobody`);
report["afterRefusal"] = await page.locator(".why").first().innerText();
report["sentAfterRefusal"] = otto.asked.length + otto.received.length - before;
report["leaks"] = leaks();
process.stdout.write(`${JSON.stringify(report)}\n`);
await stack.disposeAsync();
process.exit(0);
