import { NodeError } from "../../lib/errors.ts";
import type { Random } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { LONGEST_AUDIENCE, MOST_PUT_IN } from "./audience.ts";
import { makeAudience } from "./make.ts";
import { putIn } from "./put-in.ts";
import { audienceRows, idsByAddress } from "./queries.ts";

/** Bytes of such a file that are read. */
export const LARGEST_LISTS = 512 * 1024;

/** What came of it. `unknown`: addresses of people who are not known here yet. */
export type Imported = { audiences: number; people: number; unknown: string[] };

/**
 * Lists as Mastodon gives them away: a line for each person, "name of the list,handle@host". People go into the
 * audience of that name, which is made when there is none; nobody is told. Throws "lists-not-understood".
 */
export async function importLists(
  tx: Tx,
  me: Identity,
  csv: string,
  now: number,
  random: Random,
): Promise<Imported> {
  const lines = readLists(csv);
  if (lines.length === 0) throw new NodeError("lists-not-understood", "no line of a list");
  const known = await idsByAddress(
    tx,
    lines.map(({ address }) => address),
  );
  let people = 0;
  const byList = Map.groupBy(lines, ({ list }) => list.toLowerCase());
  for (const [folded, some] of byList) {
    const ids = some.flatMap(({ address }) => known.get(address) ?? []);
    const there = (await audienceRows(tx)).find(({ name }) => name.toLowerCase() === folded);
    const id = there?.id ?? (await makeAudience(tx, some[0]?.list ?? "", now, random));
    if (ids.length > 0) people += await putIn(tx, me, id, ids, now);
  }
  const unknown = lines.map(({ address }) => address).filter((address) => !known.has(address));
  return { audiences: byList.size, people, unknown: [...new Set(unknown)] };
}

type Line = { list: string; address: string };

const ADDRESS = /^@?([^@\s,]+@[^@\s,/]+)$/;

/** What is not a line of a list is left out: a heading, an empty line. */
export function readLists(csv: string): Line[] {
  return csv
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .slice(0, MOST_PUT_IN)
    .flatMap((line): Line[] => {
      const [, quoted, plain, rest = ""] =
        /^(?:"((?:[^"]|"")*)"|([^",]*)),\s*"?([^",]*)"?\s*$/.exec(line) ?? [];
      const list = cleanLine(quoted?.replaceAll('""', '"') ?? plain ?? "", LONGEST_AUDIENCE);
      const address = ADDRESS.exec(rest.trim())?.[1]?.toLowerCase();
      return list === "" || address === undefined ? [] : [{ list, address }];
    });
}
