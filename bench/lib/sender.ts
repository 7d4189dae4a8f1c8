import { Agent, request } from "node:http";

/** Sends prepared requests from a process of its own, so that its work does not count as the receiver's. */
export type Prepared = { path: string; headers: Record<string, string>; body: string };
export type Order = { port: number; requests: Prepared[]; atOnce: number };
export type Sent = { times: number[]; statuses: number[] };

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

function send(port: number, { path, headers, body }: Prepared): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method: "POST", headers, agent }, (res) => {
      res.resume();
      res.on("end", () => resolve(res.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

process.on("message", async ({ port, requests, atOnce }: Order) => {
  const times: number[] = [];
  const statuses: number[] = [];
  const waiting = requests.values();
  const worker = async () => {
    for (const one of waiting) {
      const began = performance.now();
      statuses.push(await send(port, one));
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  process.send?.({ times, statuses } satisfies Sent);
});
process.on("disconnect", () => process.exit());
