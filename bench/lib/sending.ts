import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Order, Prepared, Sent } from "./sender.ts";

export interface Sending extends Disposable {
  /** Throws when one of them was not answered as expected. */
  send(order: Order, expected: number): Promise<Sent>;
  /** Whatever the answers are. */
  ask(order: Order): Promise<Sent>;
}

export function startSender(): Sending {
  const child = fork(join(import.meta.dirname, "sender.ts"), { execArgv: [] });
  const ask = async (order: Order): Promise<Sent> => {
    const answered = once(child, "message");
    child.send(order);
    const [sent] = await answered;
    return sent;
  };
  return {
    ask,
    async send(order, expected) {
      const sent = await ask(order);
      const odd = sent.statuses.find((status) => status !== expected);
      if (odd !== undefined) throw new Error(`a request was answered with ${odd}`);
      return sent;
    },
    [Symbol.dispose]: () => child.disconnect(),
  };
}

/** A request of fetch's as it goes over the wire. */
export async function prepared(asked: Request): Promise<Prepared> {
  const body = await asked.text();
  const headers = Object.fromEntries(asked.headers);
  return {
    path: new URL(asked.url).pathname,
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    body,
  };
}
