import type { Door } from "../door.ts";
import type { Scope } from "../scopes.ts";

/** Lists of things this node does not have; apps ask for them and mean to get a list. */
const EMPTY: Readonly<Record<string, Scope | null>> = {
  "/api/v1/announcements": null,
  "/api/v1/conversations": "read:statuses",
  "/api/v1/followed_tags": "read:follows",
  "/api/v1/scheduled_statuses": "read:statuses",
  "/api/v1/trends/statuses": null,
  "/api/v1/trends/tags": null,
};

export function emptyRoutes(door: Door): void {
  for (const [path, needed] of Object.entries(EMPTY)) door.get(path, needed, async () => ({ json: [] }));
  // No position was ever saved: apps start at the newest.
  door.get("/api/v1/markers", "read:statuses", async () => ({ json: {} }));
  door.get("/api/v1/preferences", "read:accounts", async () => ({
    json: {
      "posting:default:visibility": "public",
      "posting:default:sensitive": false,
      "posting:default:language": null,
      "posting:default:quote_policy": "public",
      "reading:expand:media": "default",
      "reading:expand:spoilers": false,
    },
  }));
}
