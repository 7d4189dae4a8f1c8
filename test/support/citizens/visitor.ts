import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";
import type { Browser, Page } from "playwright-core";
import { createTorNode } from "../tor-node.ts";
import { patiently } from "./patience.ts";

/** Somebody without a node: a browser that goes through Tor, as Tor Browser does. */
export type Visitor = { readonly page: Page; at(address: string): Promise<Page>; close(): Promise<void> };

export async function openVisitor(browser: Browser, torrc: string[]): Promise<Visitor> {
  const client = await createTorNode({ torrc });
  await client.tor.start();
  // Browsers speak SOCKS over TCP only, and our tor listens on a socket of the file system.
  const bridge = createServer((from) => {
    const socks = client.tor.socks();
    if (socks === null) return void from.destroy();
    const to = connect("path" in socks ? { path: socks.path } : socks);
    from.pipe(to).pipe(from);
    from.on("error", () => to.destroy());
    to.on("error", () => from.destroy());
  });
  await new Promise<void>((resolve) => bridge.listen(0, "127.0.0.1", resolve));
  const { port } = bridge.address() as AddressInfo;
  const context = await browser.newContext({
    proxy: { server: `socks5://127.0.0.1:${port}` },
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return {
    page,
    async at(address) {
      await patiently(`a visitor gets ${address}`, async () => (await page.goto(address))?.ok());
      return page;
    },
    async close() {
      await context.close();
      bridge.close();
      await client[Symbol.asyncDispose]();
    },
  };
}
