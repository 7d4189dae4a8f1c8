import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestHandler } from "express";

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** The few files that pages need, read once and served from memory by their exact names: no path of a request ever reaches the disk. */
export function assets(folder: string, names: readonly string[]): RequestHandler {
  const files = new Map(names.map((name) => [`/${name}`, { bytes: readFileSync(join(folder, name)), type: typeOf(name) }]));
  return (req, res, next) => {
    const file = files.get(req.path);
    if (file === undefined || (req.method !== "GET" && req.method !== "HEAD")) next();
    else res.setHeader("Content-Type", file.type).send(file.bytes);
  };
}

function typeOf(name: string): string {
  return types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
}
