export type Mutex = { acquire(): Promise<() => void> };

/** One at a time, in the order of asking. The returned function gives it back. */
export function createMutex(): Mutex {
  let last: Promise<void> = Promise.resolve();
  return {
    async acquire() {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return resolve;
    },
  };
}
