/** Work that goes on for minutes and can be ended, such as all that holds keys when a device is locked. */
export type UnderWay = {
  /** From here on `end` waits for it: it is to go on with `during` at once. `left`: ends it too. */
  begin(left?: AbortSignal): { during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> };
  /** Ends all that was begun, for this reason, and resolves when it is over. */
  end(reason: Error): Promise<void>;
};

export function createUnderWay(): UnderWay {
  const all = new Map<AbortController, Promise<unknown>>();
  return {
    begin(left) {
      const ending = new AbortController();
      const over = Promise.withResolvers<void>();
      all.set(ending, over.promise);
      const signal = left === undefined ? ending.signal : AbortSignal.any([ending.signal, left]);
      return {
        async during(work) {
          try {
            signal.throwIfAborted();
            return await work(signal);
          } finally {
            all.delete(ending);
            over.resolve();
          }
        },
      };
    },
    async end(reason) {
      const ended = [...all];
      for (const [ending] of ended) ending.abort(reason);
      await Promise.all(ended.map(([, over]) => over));
    },
  };
}
