import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Makes what the store needs and nobody writes: Prisma's client, and the migrations as a module for the bundle.
 * Quick when nothing changed. Only `generate` is ever run: with an engine that does nothing, `migrate` and `db push`
 * would say nothing and do nothing.
 */
export async function prepareStore({ nodeBinary, root, environment = {} }) {
  const folder = join(root, "src/store/generated");
  const migrations = readMigrations(join(root, "prisma/migrations"));
  const schema = readFileSync(join(root, "prisma/schema.prisma"), "utf8");
  const version = readFileSync(join(root, "node_modules/prisma/package.json"), "utf8");
  const stamp = hashOf(schema, version, ...migrations.flatMap(({ name, sql }) => [name, sql]));
  const stampFile = join(folder, ".stamp");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return { changed: false };
  generate({ nodeBinary, root, environment });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "migrations.ts"), moduleOf(migrations));
  writeFileSync(stampFile, stamp);
  return { changed: true };
}

function readMigrations(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readFileSync(join(folder, name, "migration.sql"), "utf8") }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function hashOf(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\n${part}\n`);
  return hash.digest("hex");
}

function generate({ nodeBinary, root, environment }) {
  const made = spawnSync(nodeBinary, ["node_modules/prisma/build/index.js", "generate"], {
    cwd: root,
    env: {
      ...process.env,
      ...environment,
      PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true",
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
    encoding: "utf8",
  });
  if (made.status !== 0)
    throw new Error(`Prisma's client could not be made:\n${made.stdout}\n${made.stderr}`);
}

function moduleOf(migrations) {
  return `// Made by scripts/prepare-store.mjs from prisma/migrations.\nexport const migrations: { name: string; sql: string }[] = ${JSON.stringify(migrations, null, 2)};\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  await prepareStore({ nodeBinary: process.execPath, root });
}
