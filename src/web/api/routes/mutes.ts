import { mute, unmute } from "../../../social/muting/mute.ts";
import { listPeople } from "../../../social/people/list.ts";
import { type Answer, type Call, siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { flag, text } from "../fields.ts";
import { askedPage, pagedAnswer } from "../paging.ts";
import { accountOf } from "../shapes/account.ts";
import { timeOrNull } from "../shapes/site.ts";
import { relation } from "./account-actions.ts";

const LONGEST_SECONDS = 315_360_000;

/** Not seeing somebody for a while. */
export function muteRoutes(door: Door): void {
  door.get("/api/v1/mutes", "read:mutes", muted);
  door.post(
    "/api/v1/accounts/:id/mute",
    "write:mutes",
    relation((acting, person, fields) => {
      const how = { lasting: seconds(text(fields, "duration")) * 1_000, notices: notices(fields) };
      return acting.transact((tx) => mute(tx, person.id, how, acting.now()));
    }),
  );
  door.post(
    "/api/v1/accounts/:id/unmute",
    "write:mutes",
    relation((acting, person) => acting.transact((tx) => unmute(tx, person.id))),
  );
}

async function muted(call: Call): Promise<Answer> {
  const { page } = askedPage(call.fields, 40);
  const got = await listPeople(call.acting.read, "muted", page, call.acting.now());
  const accounts = got.items.map((person) => ({
    ...accountOf(person, siteOf(call)),
    mute_expires_at: timeOrNull(person.muted?.until ?? 0),
  }));
  return pagedAnswer(call, accounts, got);
}

/** Said of nothing, notices are muted too. */
function notices(fields: Parameters<typeof flag>[0]): boolean {
  return text(fields, "notifications") === undefined || flag(fields, "notifications");
}

/** How long something is to last, in seconds; 0: without an end. */
export function seconds(value: string | undefined): number {
  return value !== undefined && /^\d{1,12}$/.test(value) ? Math.min(Number(value), LONGEST_SECONDS) : 0;
}
