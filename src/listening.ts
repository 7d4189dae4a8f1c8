import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";

/**
 * A server whose own answers tell no more than the handler's: without a Date, for the clock of this device is nobody's
 * business. `connections`: as many at once, further ones are closed at once.
 */
export function quietServer(o: ServerOptions & { connections: number }, handler: RequestListener): Server {
  const { connections, ...limits } = o;
  const server = createServer({ ...limits, requireHostHeader: false }, handler);
  server.maxConnections = connections;
  server.on("checkExpectation", (_req, res) => {
    res.sendDate = false;
    res.writeHead(417, { Connection: "close" }).end();
  });
  return server;
}

/** Resolves once the server listens, rejects when it cannot. */
export function listening(server: Server, where: string | { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    const done = () => {
      server.off("error", reject);
      resolve();
    };
    if (typeof where === "string") server.listen(where, done);
    else server.listen(where.port, where.host, done);
  });
}

/** Cuts every connection, then closes. */
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
