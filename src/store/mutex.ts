export type Mutex = {
  /** The returned function gives it back. */
  acquire(): Promise<() => void>;
  run<T>(work: () => T): Promise<T>;
};

/** One at a time, in the order of asking. */
export function createMutex(): Mutex {
  let last: Promise<void> = Promise.resolve();
  const acquire = async () => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    return resolve;
  };
  return {
    acquire,
    async run(work) {
      const release = await acquire();
      try {
        return work();
      } finally {
        release();
      }
    },
  };
}
