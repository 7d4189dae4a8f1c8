import { blockedHosts, blockHost, unblockHost } from "../../../social/people/block-host.ts";
import type { Call } from "../call.ts";
import type { Door } from "../door.ts";
import { text } from "../fields.ts";
import { notUnderstood } from "../refuse.ts";

/** Whole addresses that the owner wants nothing from. */
export function domainBlockRoutes(door: Door): void {
  const at = "/api/v1/domain_blocks";
  door.get(at, "read:blocks", async ({ acting }) => ({ json: await blockedHosts(acting.read) }));
  door.post(at, "write:blocks", async (call) => {
    const host = domainOf(call);
    await call.acting.transact((tx) => blockHost(tx, host, call.acting.now()));
    return { json: {} };
  });
  door.delete(at, "write:blocks", async (call) => {
    const host = domainOf(call);
    await call.acting.transact((tx) => unblockHost(tx, host));
    return { json: {} };
  });
}

function domainOf(call: Call): string {
  const domain = text(call.fields, "domain") ?? "";
  if (domain === "") throw notUnderstood("Say which domain.");
  return domain;
}
