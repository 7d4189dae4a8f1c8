import type { HostileRow } from "./hostile-rows.mjs";

export declare function rowsOfName(names: readonly string[]): string[];
export declare function namedRows(root: string): Promise<Map<string, Set<string>>>;
export declare function misfits(
  rows: readonly HostileRow[],
  named: ReadonlyMap<string, ReadonlySet<string>>,
): string[];
