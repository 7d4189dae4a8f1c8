/** Who may use whom. Type-only imports count. The reasons are in docs/adr/0002-directions.md. */
const { Visitor } = require("@swc/core/Visitor.js");

/** The parser knows `using` and `await using`, the walker over its tree does not, and would stop there. */
const visitStatement = Visitor.prototype.visitStatement;
Visitor.prototype.visitStatement = function visit(statement) {
  if (statement.type !== "UsingDeclaration") return visitStatement.call(this, statement);
  statement.decls = this.visitVariableDeclarators(statement.decls);
  return statement;
};

const mayUse = {
  lib: [],
  vault: ["lib"],
  tor: ["lib"],
  store: ["lib", "vault"],
  backup: ["lib", "vault", "store"],
  social: ["lib", "store"],
  federation: ["lib", "store", "social"],
  devices: ["lib", "store", "social"],
  containers: ["lib"],
  pictures: ["lib"],
  prove: ["lib"],
  web: ["lib", "social"],
};
const parts = Object.keys(mayUse);
/** Made by Prisma from prisma/schema.prisma: nothing in it is ours to check, but who uses it is. */
const generated = "^src/store/generated/";

const direction = (part) => ({
  name: `direction-${part}`,
  comment: `src/${part} may use: ${["itself", ...mayUse[part]].join(", ")}`,
  severity: "error",
  from: { path: `^src/${part}/` },
  to: { path: "^src/", pathNot: `^src/(${[part, ...mayUse[part]].join("|")})/` },
});

const only = (name, packages, from) => ({
  name,
  severity: "error",
  from: { path: "^src/", pathNot: `${from}|${generated}` },
  to: { path: `node_modules/(${packages})/` },
});

module.exports = {
  forbidden: [
    ...parts.map(direction),
    {
      name: "no-cycle",
      severity: "error",
      from: { path: "^(src|test)/", pathNot: generated },
      to: { circular: true },
    },
    {
      name: "nothing-imports-the-top",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/main\\.ts$" },
      to: { path: "^src/(node|main)\\.ts$" },
    },
    {
      name: "every-part-has-its-direction",
      comment: "A new folder in src/ needs a line in mayUse",
      severity: "error",
      from: { path: `^src/(?!(${parts.join("|")})/)[^/]+/` },
      to: {},
    },
    {
      name: "prisma-in-queries-only",
      severity: "error",
      from: { path: "^(src|test)/", pathNot: "^src/store/|/queries\\.ts$|^test/(unit|node)/store/" },
      to: { path: generated },
    },
    only("fedify-in-federation-only", "@fedify", "^src/federation/"),
    only("express-in-web-only", "express|@types/express", "^src/web/"),
    only("tar-in-backup-only", "modern-tar", "^src/backup/"),
    only("socks-in-tor-only", "socks|socks-proxy-agent|undici", "^src/tor/"),
    only("openpgp-in-messages-only", "openpgp", "^src/social/messages/"),
    only(
      "sqlite-in-store-only",
      "better-sqlite3-multiple-ciphers|@types/better-sqlite3|@prisma",
      "^src/store/",
    ),
    {
      name: "no-test-code-in-product",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|bench|scripts)/" },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: { pathNot: generated },
      // Types only: the driver's types are those of the package that it grew out of.
      to: { couldNotResolve: true, pathNot: "^better-sqlite3$" },
    },
  ],
  options: {
    // With TypeScript 7 the default parser finds no module at all, and reports success.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
