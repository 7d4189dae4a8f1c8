/** The bundle that `npm start` runs: dist/tssop.cjs, remade when a source has changed. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { duration, Sentence, say } from "./say.mjs";

export const bundleOf = (root) => join(root, "dist", "tssop.cjs");
const stampOf = (root) => join(root, "dist", ".sources");

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith("."));
  return files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
}

/** One hash of everything the bundle is made of. By content: times of files mean nothing after a checkout. */
async function sourceHash(root) {
  const own = ["package.json", "package-lock.json", "scripts/bundle.mjs"].map((file) => join(root, file));
  const hash = createHash("sha256");
  for (const file of [...own, ...(await filesBelow(join(root, "src")))]) {
    hash.update(`${relative(root, file)}\0`).update(await readFile(file));
  }
  return hash.digest("hex");
}

/** The hash to write after building, or null when the bundle is what the sources say. */
export async function bundleIsStale(root) {
  const hash = await sourceHash(root);
  if (!existsSync(bundleOf(root)) || !existsSync(stampOf(root))) return hash;
  return readFileSync(stampOf(root), "utf8") === hash ? null : hash;
}

/** Names of bundles in dist/ and where each begins. */
const entries = {
  tssop: "src/main.ts",
  // Decodes pictures in a process of its own, without rights.
  picture: "src/pictures/child.ts",
  // Copies the database in a thread of its own.
  copier: "src/copier.ts",
};

/** One CommonJS file each, as the single-file build needs it too (docs/adr/0007-runtime-and-bundle.md). */
const options = (root) => ({
  absWorkingDir: root,
  entryPoints: entries,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  write: false,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node26",
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".wasm": "binary" },
  sourcemap: "linked",
  keepNames: true,
  legalComments: "none",
  logLevel: "silent",
  // The first finds its native part beside its own files. The second is LGPL: another may be put in its place.
  external: ["better-sqlite3-multiple-ciphers", "openpgp"],
  define: { "process.env.NODE_ENV": '"production"', "import.meta.url": "bundleUrl" },
  banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
});

/**
 * V8 keeps the source as long as it runs, with two bytes for each character when one of them needs two. esbuild leaves
 * some in comments and regular expressions.
 */
const escaped = (code) =>
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

export async function buildBundle(root, hash) {
  const began = Date.now();
  const { build, formatMessages } = await import("esbuild");
  const result = await build(options(root)).catch(async (error) => {
    if (error.errors === undefined) throw error;
    const told = await formatMessages(error.errors, { kind: "error", color: false });
    throw new Sentence(`The program could not be built.\n${told.join("")}`);
  });
  await mkdir(join(root, "dist"), { recursive: true });
  // The map first, and each by rename: a program that starts meanwhile sees a whole file, the old or the new.
  const files = [...result.outputFiles].sort((a, b) => b.path.length - a.path.length);
  for (const file of files) {
    const text = file.path.endsWith(".cjs") ? escaped(file.text) : file.contents;
    await writeFile(`${file.path}.new`, text);
    await rename(`${file.path}.new`, file.path);
  }
  await writeFile(stampOf(root), hash);
  say(`The program is built (${duration(Date.now() - began)}).`);
}
