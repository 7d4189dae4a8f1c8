import { LONGEST_POST } from "../../../social/posts/limits.ts";
import { type Call, siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { ownerOf } from "../find.ts";
import { accountOf } from "../shapes/account.ts";
import { type Facts, instanceV1, instanceV2 } from "../shapes/instance.ts";

/** What this place is. Needs a token like all else: who has none learns nothing. */
export function instanceRoutes(door: Door): void {
  door.get("/api/v1/instance", null, async (call) => ({ json: instanceV1(await facts(call), siteOf(call)) }));
  door.get("/api/v2/instance", null, async (call) => ({ json: instanceV2(await facts(call), siteOf(call)) }));
  door.get("/api/v1/apps/verify_credentials", null, async ({ token }) => ({
    json: { id: token.id, name: token.name, website: null, scopes: token.scopes, redirect_uris: [] },
  }));
}

async function facts(call: Call): Promise<Facts> {
  const owner = accountOf(await ownerOf(call), siteOf(call));
  return { title: "TSSOP", version: call.ports.version, longestPost: LONGEST_POST, owner };
}
