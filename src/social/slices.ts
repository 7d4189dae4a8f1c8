/** SQLite takes a bounded number of values in one statement. */
const MOST = 500;

export function* slices<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += MOST) yield all.slice(at, at + MOST);
}
