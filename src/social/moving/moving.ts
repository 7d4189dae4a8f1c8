import { idOf } from "../../lib/ids.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleByIds } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import { setting } from "../settings/settings.ts";
import { linesOf, movingRow } from "./queries.ts";

/** When the owner last moved away, milliseconds; also after it was taken back. */
export const MOVED_SETTING = "moving.at";

/** Moving twice within this time would send people round in circles. */
export const MOVE_AGAIN_MS = 7 * 24 * 60 * 60_000;

/** An address, and who is there as far as known here. */
export type Address = { uri: string; person: PersonView | null };

/** `aliases`: the owner's earlier addresses. `to`: where the owner moved to, null: nowhere. `lastAt` 0: never moved. */
export type Moving = { aliases: Address[]; to: Address | null; lastAt: number };

export async function moving(read: ReadClient, me: Identity): Promise<Moving> {
  const { aliases, to } = await ownMoves(read, me);
  const lastAt = Number(await setting(read, MOVED_SETTING, "0"));
  const uris = to === "" ? aliases : [...aliases, to];
  const people =
    uris.length === 0
      ? new Map()
      : await peopleByIds(
          read,
          me.ownerId,
          uris.map((uri) => idOf(uri)),
        );
  const known = (uri: string): Address => ({ uri, person: people.get(idOf(uri)) ?? null });
  return { aliases: aliases.map(known), to: to === "" ? null : known(to), lastAt };
}

/** The same as addresses only, for the wire. */
export async function ownMoves(read: ReadClient, me: Identity): Promise<{ aliases: string[]; to: string }> {
  const row = await movingRow(read, me.ownerId);
  return { aliases: linesOf(row?.aliases ?? ""), to: row?.movedToUri ?? "" };
}
