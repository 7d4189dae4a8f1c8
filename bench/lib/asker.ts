import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** Asks for a page again and again, from a process of its own, until it is told to end; then says how long each took. */
export type Asking = { port: number; path: string; cookie: string; everyMs: number };

const agent = new Agent({ keepAlive: true });
const times: number[] = [];
let ended = false;

function ask({ port, path, cookie }: Asking): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, "sec-fetch-site": "none", "sec-fetch-mode": "navigate" };
    const sent = request({ host: "127.0.0.1", port, path, headers, agent }, (res) => {
      res.resume();
      res.on("end", () => resolve(res.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end();
  });
}

process.on("message", async (message: Asking | "end") => {
  if (message === "end") {
    ended = true;
    return;
  }
  while (!ended) {
    const began = performance.now();
    const status = await ask(message);
    if (status !== 200) throw new Error(`the page answered ${status}`);
    times.push(performance.now() - began);
    await pause(message.everyMs);
  }
  process.send?.(times);
});
process.on("disconnect", () => process.exit());
