/**
 * The client's side of SOCKS5 (RFC 1928) with name and password (RFC 1929), which Tor takes as labels for isolation.
 * Names only, never addresses: Tor resolves. Our own, because Tor's extended error codes (SocksPort ExtendedErrors)
 * tell "no descriptor" from "introduction failed", and libraries drop them.
 */
import { connect, type Socket } from "node:net";
import type { SocksAddress } from "./contract.ts";

export type SocksTarget = { host: string; port: number; user: string; password: string };

/** `code` is the reply field: 1-8 of RFC 1928, 0xF0-0xF7 of Tor (socks-extensions). 0: no answer at all. */
export class SocksError extends Error {
  override readonly name = "SocksError";
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Introduction or rendezvous failed: a fresh descriptor and a new circuit may help. */
export function isStaleOnion(error: SocksError): boolean {
  return error.code === 0xf2 || error.code === 0xf3 || error.code === 0xf7;
}

/** A connection through Tor. `signal` ends it while it is being made, not afterwards. */
export async function connectThrough(
  proxy: SocksAddress,
  target: SocksTarget,
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted();
  const socket = connect("path" in proxy ? { path: proxy.path } : proxy);
  socket.setNoDelay(true);
  const abort = () => socket.destroy(new SocksError(0, "given up"));
  signal.addEventListener("abort", abort, { once: true });
  try {
    await handshake(socket, target);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error instanceof SocksError
      ? error
      : new SocksError(0, error instanceof Error ? error.message : "failed");
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

async function handshake(socket: Socket, target: SocksTarget): Promise<void> {
  const read = reader(socket);
  socket.write(Buffer.from([5, 1, 2]));
  const [version, method] = await read(2);
  if (version !== 5 || method !== 2) throw new SocksError(0, "not a proxy that takes names and passwords");
  socket.write(Buffer.concat([Buffer.from([1]), short(target.user), short(target.password)]));
  const [, refused] = await read(2);
  if (refused !== 0) throw new SocksError(0, "the proxy refused the credentials");
  const port = Buffer.alloc(2);
  port.writeUInt16BE(target.port);
  socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3]), short(target.host), port]));
  const [, code = 0, , kind] = await read(4);
  if (code !== 0) throw new SocksError(code, `the proxy answered ${code}`);
  const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await read(1))[0] ?? 0);
  await read(length + 2);
  read.done();
}

function short(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length === 0 || bytes.length > 255) throw new SocksError(0, "a field is too long");
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

type Reader = ((bytes: number) => Promise<Buffer>) & { done(): void };

/** Reads exactly so many bytes; what comes after stays in the socket. */
function reader(socket: Socket): Reader {
  let wake: (() => void) | null = null;
  let ended: Error | null = null;
  const onReadable = () => wake?.();
  const onEnd = (error?: Error) => {
    ended ??= error instanceof Error ? error : new SocksError(0, "the proxy ended the connection");
    wake?.();
  };
  socket.on("readable", onReadable).on("error", onEnd).on("close", onEnd).on("end", onEnd);
  const read = async (bytes: number): Promise<Buffer> => {
    for (;;) {
      if (ended !== null) throw ended;
      const chunk: unknown = bytes === 0 ? Buffer.alloc(0) : socket.read(bytes);
      if (Buffer.isBuffer(chunk)) return chunk;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const done = () => {
    socket.off("readable", onReadable).off("error", onEnd).off("close", onEnd).off("end", onEnd);
  };
  return Object.assign(read, { done });
}
