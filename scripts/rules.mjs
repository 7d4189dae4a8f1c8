/** Rules of ours that no other tool checks. Each has a reason; a file that breaks one is named with its line. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const rules = [
  {
    name: "a suppression has a reason",
    files: /\.(tsx?|mjs|cjs)$/,
    wrong: /(@ts-ignore|@ts-nocheck|@ts-expect-error\s*$|biome-ignore [\w/]+\s*$|biome-ignore [\w/]+:\s*$)/,
  },
  { name: "a TODO names its issue", files: /\.(tsx?|mjs|css)$/, wrong: /\b(TODO|FIXME|XXX)\b(?! ?\(?#\d)/ },
  {
    name: "no word for a file that says nothing",
    files: /(^|\/)(utils?|helpers?|managers?|common|misc|index)\.(tsx?|mjs)$/,
    wrong: /^/,
  },
  {
    name: "the network by its plain name, which the linter knows",
    files: /^src\/(?!tor\/|federation\/).*\.tsx?$/,
    wrong:
      /globalThis\s*(\.|\[")(fetch|WebSocket|EventSource)\b(?=[^;]*\()|process\["(env|binding)"\]|getBuiltinModule|createRequire/,
  },
  {
    name: "what a person reads is said calmly",
    files: /^src\/web\/messages\/.*\.ts$/,
    wrong: /[\p{L}.]!(["`\s]|$)/u,
  },
  {
    name: "no address of a machine outside",
    files: /^src\/.*\.tsx?$/,
    wrong: /^(?!\s*(\/?\*|\/\/)).*["'`](?!127\.|0\.0\.0\.0|192\.0\.2\.)(\d{1,3}\.){3}\d{1,3}["'`:/]/,
  },
  // A page that a person reads must never make their browser ask somebody else.
  {
    name: "nothing from outside on a page",
    files: /^public\/.*\.(css|js|mjs)$/,
    wrong: /(@import\b|url\(\s*["']?(https?:)?\/\/)/,
  },
];

const folders = ["src", "test", "scripts", "public", "bench"];
const generated = /^src\/store\/generated\/|^public\/icons\//;
const itself = "scripts/rules.mjs";

/** @returns {Promise<string>} what is wrong, or "" */
export async function checkRules(root) {
  const wrong = [];
  for (const file of await filesOf(root)) {
    const mine = rules.filter((rule) => rule.files.test(file));
    if (mine.length === 0) continue;
    const lines = (await readFile(join(root, file), "utf8")).split("\n");
    for (const rule of mine) {
      const at = lines.findIndex((line) => rule.wrong.test(line));
      if (at >= 0) wrong.push(`${file}:${at + 1} ${rule.name}`);
    }
  }
  return wrong.join("\n");
}

async function filesOf(root) {
  const lists = folders.map(async (folder) => {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath ?? entry.path, entry.name)
          .slice(root.length + 1)
          .replaceAll("\\", "/"),
      );
  });
  const files = (await Promise.all(lists)).flat();
  return files.filter((file) => file !== itself && !generated.test(file)).sort();
}
