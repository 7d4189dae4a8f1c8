import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the stand-in brings a name: a unix socket or a port of this computer. */
export type Place = { path: string } | { port: number };

/** What a client asked for. `user` and `password` are its isolation credentials. */
export type AskedFor = { host: string; port: number; user: string; password: string };

/** A SOCKS5 server in Tor's place: it knows only the names it was told, and no addresses. */
export interface StandInSocks extends AsyncDisposable {
  /** For `socks()` of tor-fetch. */
  address: { path: string };
  asked: AskedFor[];
  /** Addresses that somebody asked for, which Tor must never be. */
  addresses: string[];
  /** Connections that stand now. */
  open(): number;
  put(onion: string, place: Place): void;
  /** Gone, as when the descriptor is not there. */
  remove(onion: string): void;
  /** "frozen": the connection stands and never answers; a number: the SOCKS error code; null: as usual. */
  spoil(onion: string, how: "frozen" | number | null): void;
}

type Known = {
  places: Map<string, Place>;
  spoiled: Map<string, "frozen" | number>;
  asked: AskedFor[];
  addresses: string[];
};

export async function startStandInSocks(): Promise<StandInSocks> {
  const folder = await mkdtemp(join(tmpdir(), "socks-"));
  const path = join(folder, "socks.sock");
  const known: Known = { places: new Map(), spoiled: new Map(), asked: [], addresses: [] };
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on("close", () => open.delete(client)).on("error", () => {});
    void serve(client, known).catch(() => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    address: { path },
    asked: known.asked,
    addresses: known.addresses,
    open: () => open.size,
    put: (onion, place) => void known.places.set(onion, place),
    remove: (onion) => void known.places.delete(onion),
    spoil: (onion, how) => void (how === null ? known.spoiled.delete(onion) : known.spoiled.set(onion, how)),
    [Symbol.asyncDispose]: () => stop(server, open, folder),
  };
}

async function stop(server: Server, open: Set<Socket>, folder: string): Promise<void> {
  for (const socket of open) socket.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await rm(folder, { recursive: true, force: true });
}

async function serve(client: Socket, known: Known): Promise<void> {
  const read = (bytes: number) => readExactly(client, bytes);
  const [, methods = 0] = await read(2);
  const offered = await read(methods);
  if (!offered.includes(2)) {
    client.end(Buffer.from([5, 0xff]));
    return;
  }
  client.write(Buffer.from([5, 2]));
  await read(1);
  const user = await readShort(client);
  const password = await readShort(client);
  client.write(Buffer.from([1, 0]));
  const [, , , kind] = await read(4);
  if (kind !== 3) {
    known.addresses.push((await read(kind === 1 ? 4 : 16)).join("."));
    refuse(client, 8);
    return;
  }
  const host = await readShort(client);
  const port = (await read(2)).readUInt16BE();
  known.asked.push({ host, port, user, password });
  bring(client, host, known);
}

function bring(client: Socket, host: string, known: Known): void {
  const spoiled = known.spoiled.get(host);
  const place = known.places.get(host);
  if (spoiled === "frozen") return;
  // 0xF0: no descriptor (Tor's extended codes).
  if (spoiled !== undefined || place === undefined) {
    refuse(client, spoiled ?? 0xf0);
    return;
  }
  const target = connect("path" in place ? { path: place.path } : { host: "127.0.0.1", port: place.port });
  target.once("connect", () => {
    client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    client.pipe(target).pipe(client);
  });
  target.on("error", () => client.destroy());
  target.on("close", () => client.destroy());
  client.on("close", () => target.destroy());
}

function refuse(client: Socket, code: number): void {
  client.end(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
}

async function readShort(client: Socket): Promise<string> {
  const [length = 0] = await readExactly(client, 1);
  return (await readExactly(client, length)).toString();
}

async function readExactly(client: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const chunk: unknown = bytes === 0 ? Buffer.alloc(0) : client.read(bytes);
    if (Buffer.isBuffer(chunk)) return chunk;
    await new Promise<void>((resolve, reject) => {
      client.once("readable", resolve);
      client.once("close", () => reject(new Error("ended")));
    });
  }
}
