/** Who may use whom. Type-only imports count. The reasons are in docs/adr/0002-directions.md. */
const parts = ["lib", "vault", "tor", "store", "social", "federation", "devices", "web"];
const mayUse = {
  lib: [],
  vault: ["lib"],
  tor: ["lib"],
  store: ["lib", "vault"],
  social: ["lib", "store"],
  federation: ["lib", "store", "social"],
  devices: ["lib", "store", "social"],
  web: ["lib", "social"],
};
const direction = (part) => ({
  name: `direction-${part}`,
  severity: "error",
  from: { path: `^src/${part}/` },
  to: {
    path: `^src/(${parts.filter((other) => other !== part && !mayUse[part].includes(other)).join("|")}|node\\.ts|main\\.ts|config\\.ts)`,
  },
});
const only = (name, packages, from) => ({
  name,
  severity: "error",
  from: { path: "^src/", pathNot: from },
  to: { path: `node_modules/(${packages})/` },
});

module.exports = {
  forbidden: [
    ...parts.map(direction),
    { name: "no-cycle", severity: "error", from: { path: "^(src|test)/" }, to: { circular: true } },
    {
      name: "nothing-imports-the-top",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(main|node)\\.ts$" },
      to: { path: "^src/(node|main)\\.ts$" },
    },
    {
      name: "prisma-in-queries-only",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/store/|/queries\\.ts$" },
      to: { path: "^src/store/generated/" },
    },
    only("fedify-in-federation-only", "@fedify", "^src/federation/"),
    only("express-in-web-only", "express", "^src/web/"),
    only("socks-in-tor-only", "socks|socks-proxy-agent|undici", "^src/tor/"),
    only("openpgp-in-messages-only", "openpgp", "^src/social/messages/"),
    only("sqlite-in-store-only", "better-sqlite3-multiple-ciphers|@prisma", "^src/store/"),
    {
      name: "no-test-code-in-product",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|bench|scripts)/" },
    },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },

    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
