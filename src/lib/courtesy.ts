/**
 * Everything here shares one thread, and what others send takes long pieces of it. So such work goes on one at a time,
 * with a look at what else came in between, and stands back while a person waits for a page.
 */
export type Courtesy = {
  /** A person waits from now on, until the returned function is called. */
  attend(): () => void;
  /** Asked for before each long piece of work: resolves when it is this one's turn. */
  turn(): Promise<void>;
};

/** Milliseconds. Whoever is sent by others is answered in time, however much the owner clicks. */
const LONGEST = 500;

type Standing = { since: number; go: () => void };

export function createCourtesy(longest = LONGEST): Courtesy {
  let waiting = 0;
  let called = false;
  let late: NodeJS.Timeout | undefined;
  const standing: Standing[] = [];

  /** One a tick: what it does until it waits for something itself is done before the next is let go. */
  function look(): void {
    called = false;
    clearTimeout(late);
    const [first] = standing;
    if (first === undefined) return;
    const patience = first.since + longest - performance.now();
    if (waiting > 0 && patience > 0) {
      late = setTimeout(look, patience);
      return;
    }
    standing.shift();
    first.go();
    wake();
  }

  function wake(): void {
    if (called) return;
    called = true;
    setImmediate(look);
  }

  return {
    attend() {
      waiting += 1;
      let over = false;
      return () => {
        if (over) return;
        over = true;
        waiting -= 1;
        if (waiting === 0) wake();
      };
    },
    turn() {
      const { promise, resolve } = Promise.withResolvers<void>();
      standing.push({ since: performance.now(), go: resolve });
      wake();
      return promise;
    },
  };
}
