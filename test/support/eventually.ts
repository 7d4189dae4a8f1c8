import { setTimeout as pause } from "node:timers/promises";

/** Waits until `look` gives something but undefined, null or false; throws with `what` when it never does. */
export async function eventually<Value>(
  what: string,
  look: () => Value | Promise<Value>,
  withinMs = 60_000,
): Promise<NonNullable<Value>> {
  const end = performance.now() + withinMs;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== null && value !== false) return value;
    if (performance.now() > end) throw new Error(`this did not happen: ${what}`);
    await pause(25);
  }
}
