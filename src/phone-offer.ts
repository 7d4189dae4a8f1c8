/** A short text for one person on the phone: given once, to whoever has the words, over an onion that only they open. */
import { rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import type { Clock } from "./lib/clock.ts";
import { closed, listening, quietServer } from "./listening.ts";
import { socketFolder } from "./run-folder.ts";
import type { Tor } from "./tor/tor.ts";
import type { WordKey } from "./tor/word-key.ts";

export type OfferOptions = {
  tor: Pick<Tor, "publishBriefly">;
  /** The data folder. */
  folder: string;
  now: Clock;
  /** For an answer to arrive before its circuit is closed. */
  graceMs: number;
};

export interface PhoneOffer extends AsyncDisposable {
  /** True once the text was given; false when it ends without that. */
  taken: Promise<boolean>;
}

type Given = { text: string; key: WordKey; until: number };

const LOOK_MS = 1_000;

/** Until it was taken, `until` by the clock, or it is disposed. */
export async function openOffer(o: OfferOptions, { text, key, until }: Given): Promise<PhoneOffer> {
  await using stack = new AsyncDisposableStack();
  const { promise: taken, resolve: settle } = Promise.withResolvers<boolean>();
  stack.defer(() => settle(false));
  const isOver = () => o.now() >= until;
  const path = join(socketFolder(o.folder), "phone.sock");
  rmSync(path, { force: true });
  stack.defer(() => rmSync(path, { force: true }));
  let leaving: NodeJS.Timeout | undefined;
  stack.defer(() => clearTimeout(leaving));
  const server = quietServer(
    {
      connections: 32,
      headersTimeout: 30_000,
      requestTimeout: 60_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16_384,
    },
    answerOnce(text, isOver, () => {
      settle(true);
      leaving = setTimeout(() => void end(), o.graceMs);
    }),
  );
  await listening(server, path);
  stack.defer(() => closed(server));
  stack.use(
    o.tor.publishBriefly({ seed: key.seed, clientKey: key.clientKey, target: { path }, virtualPort: 80 }),
  );
  const look = setInterval(() => isOver() && void end(), LOOK_MS);
  look.unref();
  stack.defer(() => clearInterval(look));
  const closing = stack.move();
  let ended: Promise<void> | undefined;
  // Whoever ends what is ending waits with it: the next offer has the same socket.
  function end(): Promise<void> {
    ended ??= closing.disposeAsync();
    return ended;
  }
  return { taken, [Symbol.asyncDispose]: end };
}

function answerOnce(text: string, isOver: () => boolean, given: () => void): RequestListener {
  let left = text;
  return (req, res) => {
    res.sendDate = false;
    res.setHeader("Connection", "close");
    res.setHeader("Cache-Control", "no-store");
    if (left === "" || req.method !== "POST" || req.url !== "/" || isOver()) {
      res.writeHead(404).end();
      return;
    }
    res.writeHead(200, { "Content-Type": "text/plain; charset=utf-8" }).end(left);
    // Whoever was cut off in the middle may have read it.
    left = "";
    given();
  };
}
