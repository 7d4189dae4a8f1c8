/** What Tor's status events mean for us. Pure. */
import { pairsOf } from "./control.ts";

export type TorNews =
  | { kind: "progress"; percent: number; stage: string }
  | { kind: "trouble"; reason: string }
  | { kind: "clock-wrong"; seconds: number }
  | { kind: "network"; up: boolean }
  | { kind: "upload"; onion: string; accepted: boolean }
  | { kind: "descriptor"; onion: string; found: boolean; exhausted: boolean }
  | { kind: "warning"; text: string };

/** null: nothing we act on. */
export function readNews(event: string): TorNews | null {
  const [type = "", second = "", third = ""] = event.split(" ", 3);
  if (type === "STATUS_CLIENT" || type === "STATUS_GENERAL") return readStatus(second, third, event);
  if (type === "HS_DESC") return readDescriptor(second, third, event);
  if (type === "NETWORK_LIVENESS") return { kind: "network", up: second === "UP" };
  if (type === "WARN" || type === "ERR") return { kind: "warning", text: event };
  return null;
}

function readStatus(severity: string, action: string, event: string): TorNews | null {
  const pairs = pairsOf(event);
  if (action === "BOOTSTRAP") {
    if (severity !== "NOTICE") return { kind: "trouble", reason: pairs.get("REASON") ?? "" };
    return { kind: "progress", percent: Number(pairs.get("PROGRESS") ?? 0), stage: pairs.get("TAG") ?? "" };
  }
  if (action === "CLOCK_SKEW") return { kind: "clock-wrong", seconds: Number(pairs.get("SKEW") ?? 0) };
  return null;
}

/** HS_DESC action address … (control-spec, 4.1.25). A refused upload and a failed fetch share the word FAILED. */
function readDescriptor(action: string, address: string, event: string): TorNews | null {
  const onion = `${address}.onion`;
  const reason = pairsOf(event).get("REASON") ?? "";
  if (action === "UPLOADED") return { kind: "upload", onion, accepted: true };
  if (action === "RECEIVED") return { kind: "descriptor", onion, found: true, exhausted: false };
  if (action !== "FAILED") return null;
  if (reason === "UPLOAD_REJECTED") return { kind: "upload", onion, accepted: false };
  const exhausted = reason === "QUERY_NO_HSDIR" || reason === "QUERY_RATE_LIMITED";
  return { kind: "descriptor", onion, found: false, exhausted };
}

/** "0.4.9.11" or "0.4.8.0-alpha" is at least 0.4.8. */
export function isNewEnoughTor(version: string): boolean {
  const [a = 0, b = 0, c = 0] = version.split(/[.\s-]/).map(Number);
  return a > 0 || b > 4 || (b === 4 && c >= 8);
}
