import { createSocket } from "node:dgram";

/** A name server for the exit of a private Tor network: A records of a table, and nothing else. */
export interface Resolver extends AsyncDisposable {
  /** Names that were asked for. */
  readonly asked: Set<string>;
}

export async function startResolver(address: string, names: Record<string, string>): Promise<Resolver> {
  const socket = createSocket("udp4");
  const asked = new Set<string>();
  socket.on("message", (query, from) => {
    const name = nameIn(query);
    asked.add(name);
    socket.send(answerTo(query, names[name] ?? null), from.port, from.address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject).bind(53, address, resolve);
  });
  return {
    asked,
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** The question of a query (RFC 1035, 4.1.2), in lower case: Tor writes names in mixed case. */
function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; query[at] !== 0 && at < query.length; at += 1 + (query[at] ?? 0))
    labels.push(query.toString("latin1", at + 1, at + 1 + (query[at] ?? 0)));
  return labels.join(".").toLowerCase();
}

function answerTo(query: Buffer, address: string | null): Buffer {
  const end = query.indexOf(0, 12) + 5;
  const isA = query.readUInt16BE(end - 4) === 1;
  const answers = isA && address !== null ? 1 : 0;
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(address === null ? 0x8183 : 0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(answers, 6);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...bytesOf(address)]);
  return Buffer.concat([header, query.subarray(12, end), ...(answers === 1 ? [record] : [])]);
}

function bytesOf(address: string | null): number[] {
  return (address ?? "0.0.0.0").split(".").map(Number);
}
