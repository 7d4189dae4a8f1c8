import type { Store } from "../store/store.ts";

/** What is read once, and again only after something of these kinds was written. */
export function remembered<T>(
  store: Pick<Store, "onCommit">,
  kinds: readonly string[],
  read: () => Promise<T>,
): () => Promise<T> {
  let kept: Promise<T> | null = null;
  store.onCommit((written) => {
    if (kinds.some((kind) => written.has(kind))) kept = null;
  });
  return () => {
    if (kept !== null) return kept;
    const reading = read();
    kept = reading;
    reading.catch(() => {
      if (kept === reading) kept = null;
    });
    return reading;
  };
}
