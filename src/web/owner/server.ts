import type { RequestListener } from "node:http";
import express, { type Request } from "express";
import { createApi } from "../api/router.ts";
import { assets } from "../assets.ts";
import type { OwnerPorts } from "../ports.ts";
import { connectingRoutes } from "./connecting.tsx";
import { contentRoutes } from "./content.ts";
import { createKit } from "./create-kit.tsx";
import { enterRoutes } from "./enter.tsx";
import { bodyInTime, exactHost, ownOrigin, securityHeaders } from "./guard.ts";
import { createIdleLock } from "./idle-lock.ts";
import { leaveRoutes } from "./leave.tsx";
import { createLeaveLinks } from "./leave-links.ts";
import { createLive, LIVE } from "./live.ts";
import { moreRoutes } from "./more.tsx";
import { viewAsRoutes } from "./pages/view-as.tsx";
import { missingRoutes, sayFailure, sayForeign } from "./refusals.tsx";
import { RESTORE, restoreRoutes } from "./restore.tsx";
import { createSessions } from "./session.ts";
import { setUpRoutes } from "./set-up.tsx";
import { BACKUP } from "./settings/backup.tsx";
import { settingsRoutes } from "./settings/settings.ts";
import { strengthRoutes } from "./strength.ts";
import { unlockRoutes } from "./unlock.tsx";

export type OwnerServer = {
  handler: RequestListener;
  /** For the owner's browser, good once, within five minutes. */
  newLoginToken(): string;
  close(): void;
};

/** For the http.Server that carries the owner's pages: who sends slowly or endlessly is cut off, and nobody else waits. */
export const OWNER_SERVER_LIMITS = {
  connections: 256,
  headersTimeout: 3_000,
  // See `bodyInTime`: one limit for all would end a large backup that comes back.
  requestTimeout: 0,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16_384,
} as const;

/** The stream of changes is open all the time, and a backup goes on for minutes: nobody sits before it and waits. */
function isLong(req: Request): boolean {
  return req.path === LIVE || isRestore(req) || (req.method === "POST" && req.path === BACKUP);
}

const isRestore = ({ method, path }: Request) => method === "POST" && path === RESTORE;

/** The owner's pages and the client API, on 127.0.0.1 only. */
export function createOwnerServer(ports: OwnerPorts, o: { publicFolder: string }): OwnerServer {
  const sessions = createSessions(ports.random, ports.now);
  const links = createLeaveLinks(ports.random);
  const kit = createKit({ ports, sessions, links });
  const live = createLive(kit, ports);
  const idle = createIdleLock(ports, sessions);
  // Locked is locked for every browser: each shows the passphrase anew.
  const forget = ports.onChange(() => {
    if (ports.acting() === null) sessions.endAll();
  });

  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(
    bodyInTime((req) => isRestore(req) && ports.phase() === "fresh"),
    securityHeaders(),
    exactHost(ports.port),
    ownOrigin(ports.port, sayForeign(kit)),
  );
  app.use("/assets", assets(o.publicFolder));
  app.use("/api", (_req, res, next) => {
    res.on("finish", () => {
      if (res.statusCode < 400) idle.seen();
    });
    next();
  });
  app.use((req, res, next) => {
    if (!isLong(req)) res.on("close", ports.attend());
    next();
  });
  app.use(createApi(ports));
  app.use(
    enterRoutes(kit, sessions),
    setUpRoutes(kit),
    restoreRoutes(kit),
    unlockRoutes(kit),
    strengthRoutes(ports),
    live.router,
  );
  app.use(viewAsRoutes(kit));
  app.use(connectingRoutes(kit), settingsRoutes(kit), moreRoutes(kit), leaveRoutes(kit, links));
  app.use(contentRoutes(ports, kit));
  app.use(missingRoutes(kit));
  app.use(sayFailure(ports, kit));
  return {
    handler: app,
    newLoginToken: () => sessions.newLoginToken(),
    close() {
      forget();
      idle.close();
      live.close();
    },
  };
}
