const MOST_KEPT = 500;
const LIFE = 60 * 60_000;

export type Once<T> = (key: string, now: number, work: () => Promise<T>) => Promise<T>;

/**
 * A request sent twice under one key does its work once, even while the first is still at it
 * (draft-ietf-httpapi-idempotency-key-header). Kept in memory for an hour; a failure is forgotten at once.
 */
export function createOnce<T>(): Once<T> {
  const kept = new Map<string, { result: Promise<T>; until: number }>();
  return async (key, now, work) => {
    const before = kept.get(key);
    if (before !== undefined && before.until > now) return before.result;
    const entry = { result: work(), until: now + LIFE };
    kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    try {
      return await entry.result;
    } catch (error) {
      if (kept.get(key) === entry) kept.delete(key);
      throw error;
    }
  };
}
