/** Which test belongs to which hostile row, by its name; read from the sources without running anything. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const IDS = "[A-E]\\d+(?:, [A-E]\\d+)*";
const AT_START = new RegExp(`^(${IDS}): `);
/** A string in a source that begins with row ids: the name of a test, of a group, or of a case. */
const IN_SOURCE = new RegExp(`(?<=["'\`])(${IDS}): `, "g");

/** For vitest's -t, which looks at a test's whole name: the groups it is in and its own. */
export const HOSTILE_PATTERN = `(^| )${IDS}: `;

/** The rows that a name, or the name of one of its groups, begins with. */
export function rowsOfName(names) {
  return names.flatMap((name) => AT_START.exec(name)?.[1]?.split(", ") ?? []);
}

/** @returns {Promise<Map<string, Set<string>>>} test files by the row that is named in them */
export async function namedRows(root) {
  const entries = await readdir(join(root, "test"), { recursive: true, withFileTypes: true });
  const found = new Map();
  for (const entry of entries) {
    if (!entry.isFile() || !/\.test\.tsx?$/.test(entry.name)) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const file = path.slice(join(root, "/").length).replaceAll("\\", "/");
    for (const [, ids] of (await readFile(path, "utf8")).matchAll(IN_SOURCE)) {
      for (const id of ids.split(", ")) found.set(id, (found.get(id) ?? new Set()).add(file));
    }
  }
  return found;
}

/** What does not fit between the list and the names of tests, a sentence each. */
export function misfits(rows, named) {
  const known = new Set(rows.map(({ id }) => id));
  const unknown = [...named].filter(([id]) => !known.has(id));
  return [
    ...(known.size < rows.length ? ["A row is in the list twice."] : []),
    ...unknown.map(([id, files]) => `${id} is no row of the list: ${[...files].join(", ")}`),
    ...rows.flatMap(({ id, none }) => {
      if (none === undefined && !named.has(id)) return [`${id} has no test.`];
      if (none !== undefined && named.has(id)) return [`${id} has tests, and says there is nothing to test.`];
      return [];
    }),
  ];
}
