import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { PeersOrder, PeersSaid } from "./standing-in.ts";

export interface StandInPeers extends AsyncDisposable {
  socks: string;
  know(onions: string[]): Promise<void>;
  /** Resolves, once so many requests have come in, with the time of the last. */
  expect(count: number): Promise<{ last: Promise<number> }>;
}

export async function startPeers(): Promise<StandInPeers> {
  const child = fork(join(import.meta.dirname, "standing-in.ts"), { execArgv: [] });
  const { socks } = await said(child, "socks");
  const tell = async (order: PeersOrder) => {
    const ready = said(child, "ready");
    child.send(order);
    await ready;
  };
  return {
    socks,
    know: (onions) => tell({ onions }),
    async expect(count) {
      const last = said(child, "lastAt").then(({ lastAt }) => lastAt);
      await tell({ expect: count });
      return { last };
    },
    async [Symbol.asyncDispose]() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      await gone;
    },
  };
}

type Said<Key extends string> = Extract<PeersSaid, Record<Key, unknown>>;

function said<Key extends "socks" | "ready" | "lastAt">(child: ChildProcess, key: Key): Promise<Said<Key>> {
  return new Promise((resolve, reject) => {
    const done = () => void child.off("message", listen).off("exit", gone);
    const gone = () => {
      done();
      reject(new Error("the stand-in peers ended"));
    };
    const listen = (message: PeersSaid) => {
      if (!(key in message)) return;
      done();
      resolve(message as Said<Key>);
    };
    child.on("message", listen).on("exit", gone);
  });
}
