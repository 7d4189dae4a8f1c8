import type { ServerResponse } from "node:http";
import type { VNode } from "preact";
import { rendered } from "../html/document.tsx";

export function sendPage(res: ServerResponse, page: VNode, status: number): void {
  res.statusCode = status;
  res.setHeader("Content-Type", "text/html; charset=utf-8");
  res.end(rendered(page));
}

/** 303: the next page is asked for with GET, whatever came before. */
export function sendOn(res: ServerResponse, path: string): void {
  res.statusCode = 303;
  res.setHeader("Location", path);
  res.end();
}
