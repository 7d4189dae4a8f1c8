import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
const folder = mkdtempSync(join(tmpdir(), "lint-"));
let found: { rule: string; file: string }[];

type Report = { diagnostics: { category: string; location: { path: string } }[] };

/** What the linter says of a checkout that holds these files and our rules. */
async function lint(files: Record<string, string>): Promise<typeof found> {
  copyFileSync("biome.json", join(folder, "biome.json"));
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  const args = [biome, "lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none"];
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1 << 24 }, (_, out) => resolve(out));
  });
  const { diagnostics }: Report = JSON.parse(said);
  return diagnostics.map(({ category, location }) => ({ rule: category, file: location.path }));
}

const forbidden: [string, string, string][] = [
  ["names looked up", 'import { lookup } from "node:dns";\nlookup("a", () => {});\n', "noRestrictedImports"],
  [
    "names looked up by a promise",
    'import dns from "node:dns/promises";\ndns.lookup("a");\n',
    "noRestrictedImports",
  ],
  ["a socket", 'import { connect } from "node:net";\nconnect(1);\n', "noRestrictedImports"],
  ["the whole of net", 'import net from "node:net";\nnet.connect(1);\n', "noRestrictedImports"],
  [
    "everything of net under a name",
    'import * as net from "node:net";\nnet.connect(1);\n',
    "noRestrictedImports",
  ],
  ["a class of socket", 'import { Socket } from "node:net";\nnew Socket();\n', "noRestrictedImports"],
  ["TLS", 'import tls from "node:tls";\ntls.connect(1);\n', "noRestrictedImports"],
  ["a request", 'import { request } from "node:http";\nrequest("http://a");\n', "noRestrictedImports"],
  ["the whole of http", 'import http from "node:http";\nhttp.request("http://a");\n', "noRestrictedImports"],
  ["https", 'import { get } from "node:https";\nget("https://a");\n', "noRestrictedImports"],
  ["HTTP/2", 'import http2 from "node:http2";\nhttp2.connect("https://a");\n', "noRestrictedImports"],
  ["datagrams", 'import dgram from "node:dgram";\ndgram.createSocket("udp4");\n', "noRestrictedImports"],
  ["a module without its prefix", 'import { connect } from "net";\nconnect(1);\n', "useNodejsImportProtocol"],
  [
    "a module that is asked for later",
    'export const net = await import("node:tls");\n',
    "noRestrictedImports",
  ],
  ["a module passed on", 'export { connect } from "node:tls";\n', "noRestrictedImports"],
  ["fetch", 'await fetch("http://a");\n', "noRestrictedGlobals"],
  ["a web socket", 'new WebSocket("ws://a");\n', "noRestrictedGlobals"],
  ["an event source", 'new EventSource("http://a");\n', "noRestrictedGlobals"],
];

const listening = 'import { createServer } from "node:net";\ncreateServer();\n';
const sources = forbidden.flatMap(([, source], at) => [
  [`src/web/example-${at}.ts`, source],
  [`src/tor/example-${at}.ts`, source],
]);

beforeAll(async () => {
  found = await lint(Object.fromEntries([...sources, ["src/web/listening.ts", listening]]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rulesAt = (file: string) => found.filter((one) => one.file.endsWith(file)).map(({ rule }) => rule);

describe("D3: the linter", () => {
  test.each(forbidden)("names %s outside src/tor", (_, source, rule) => {
    const at = forbidden.findIndex((one) => one[1] === source);
    expect(rulesAt(`src/web/example-${at}.ts`)).toContain(`lint/style/${rule}`);
  });

  test("lets src/tor speak, and everybody listen", () => {
    const network = (rules: string[]) => rules.filter((rule) => rule.includes("noRestricted"));
    for (const at of forbidden.keys()) expect(network(rulesAt(`src/tor/example-${at}.ts`))).toEqual([]);
    expect(network(rulesAt("src/web/listening.ts"))).toEqual([]);
  });
});
