import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { RequestHandler } from "express";

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  webmanifest: "application/manifest+json",
};

/**
 * The style, the drawings and the scripts, read once. Only what was found at the start is ever answered, so a path
 * cannot lead anywhere else. `only`: names, for a face that needs few of them.
 */
export function assets(folder: string, only?: readonly string[]): RequestHandler {
  const files = new Map<string, { type: string; bytes: Buffer }>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const name = entry.split(sep).join("/");
    const type = types[name.split(".").at(-1) ?? ""];
    if (type === undefined || (only !== undefined && !only.includes(name))) continue;
    files.set(`/${name}`, { type, bytes: readFileSync(join(folder, entry)) });
  }
  return (req, res, next) => {
    const file = req.method === "GET" || req.method === "HEAD" ? files.get(req.path) : undefined;
    if (file === undefined) {
      next();
      return;
    }
    res.setHeader("Content-Type", file.type);
    res.setHeader("Content-Length", file.bytes.byteLength);
    res.end(req.method === "HEAD" ? undefined : file.bytes);
  };
}
