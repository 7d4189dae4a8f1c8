import type { Messages } from "../messages/en.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "10 min", "3 h", "yesterday", then the date: short, as it stands in a post's head. */
export function ago(t: Messages, at: number, now: number): string {
  const past = Math.max(0, now - at);
  const relative = new Intl.RelativeTimeFormat(t.locale, { numeric: "auto", style: "short" });
  if (past < MINUTE) return relative.format(0, "second");
  if (past < HOUR) return relative.format(-Math.floor(past / MINUTE), "minute");
  if (past < DAY) return relative.format(-Math.floor(past / HOUR), "hour");
  if (past < 7 * DAY) return relative.format(-Math.floor(past / DAY), "day");
  return day(t, at);
}

export function day(t: Messages, at: number): string {
  return new Intl.DateTimeFormat(t.locale, { day: "numeric", month: "long", year: "numeric" }).format(at);
}

export function dayAndTime(t: Messages, at: number): string {
  return new Intl.DateTimeFormat(t.locale, { dateStyle: "long", timeStyle: "short" }).format(at);
}

/** A moment for people and for programs. */
export function Moment({
  t,
  at,
  now,
  full = false,
}: {
  t: Messages;
  at: number;
  now: number;
  full?: boolean;
}) {
  return (
    <time datetime={new Date(at).toISOString()} title={dayAndTime(t, at)}>
      {full ? dayAndTime(t, at) : ago(t, at, now)}
    </time>
  );
}

const units = ["B", "kB", "MB", "GB", "TB"];

/** 1536 -> "1.5 kB" */
export function size(t: Messages, bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = new Intl.NumberFormat(t.locale, { maximumFractionDigits: 1 }).format(bytes / 1000 ** step);
  return `${value} ${units[step]}`;
}

/** "in 40 seconds", "in 5 minutes": for something that comes by itself. */
export function soon(t: Messages, at: number, now: number): string {
  const relative = new Intl.RelativeTimeFormat(t.locale, { numeric: "always" });
  const left = Math.max(1_000, at - now);
  return left < MINUTE
    ? relative.format(Math.ceil(left / 1_000), "second")
    : relative.format(Math.ceil(left / MINUTE), "minute");
}

/** How long a sound plays, "1:05"; milliseconds. A player says it only once it has loaded something. */
export function playing(length: number): string {
  const seconds = Math.max(1, Math.round(length / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
