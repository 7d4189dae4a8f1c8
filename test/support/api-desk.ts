import express from "express";
import request, { type Test } from "supertest";
import { NodeError } from "../../src/lib/errors.ts";
import { createLog } from "../../src/lib/log.ts";
import type { Acting } from "../../src/social/acting.ts";
import { createToken } from "../../src/social/tokens/tokens.ts";
import { createApi } from "../../src/web/api/router.ts";
import type { OwnerActing, OwnerPorts, Phase } from "../../src/web/ports.ts";

/** What stands in for the network: who or what is found behind an address. */
export type Beyond = Partial<
  Pick<
    OwnerActing,
    "lookUp" | "lookUpAnew" | "lookUpPost" | "addFile" | "attached" | "media" | "fetchAttached"
  >
>;

/** The client API over a real store, with everything else a page may ask for standing in. */
export type Desk = {
  app: express.Express;
  phase: Phase;
  port: number;
  logged: string[];
  ports: OwnerPorts;
  token(scopes?: string): Promise<string>;
  as(token: string): Record<"get" | "post" | "put" | "delete", (path: string) => Test>;
};

export function openDesk(acting: Acting, beyond: Beyond = {}): Desk {
  const logged: string[] = [];
  const ports = portsOver(acting, beyond, () => desk, logged);
  const app = express();
  app.use(createApi(ports));
  app.use((_req, res) => void res.status(404).send("a page"));
  const desk: Desk = {
    app,
    phase: "open",
    port: 7777,
    logged,
    ports,
    token: (scopes = "read write follow") =>
      acting.transact((tx) =>
        createToken(tx, { name: "an app", scopes, random: acting.random }, acting.now()),
      ),
    as: (token) => {
      const send = (method: "get" | "post" | "put" | "delete") => (path: string) =>
        request(app)[method](path).set("Authorization", `Bearer ${token}`);
      return { get: send("get"), post: send("post"), put: send("put"), delete: send("delete") };
    },
  };
  return desk;
}

function portsOver(acting: Acting, beyond: Beyond, desk: () => Desk, logged: string[]): OwnerPorts {
  const notHere = async (): Promise<never> => {
    throw new Error("the API has no business with this");
  };
  const owner: OwnerActing = {
    ...acting,
    lookUp: beyond.lookUp ?? notHere,
    lookUpAnew: beyond.lookUpAnew ?? notHere,
    checkKey: notHere,
    lookUpPost: beyond.lookUpPost ?? (async () => null),
    decideOutside: notHere,
    lookForAnswers: notHere,
    catchUp: notHere,
    tryNow: () => {},
    storage: notHere,
    addPicture: notHere,
    readCode: notHere,
    media: async () => null,
    addFile: async () => {
      throw new NodeError("film-not-readable", "no files here");
    },
    addMessageFile: async () => {
      throw new NodeError("film-not-readable", "no files here");
    },
    messageFile: async () => null,
    attached: async () => null,
    fetchAttached: async () => {},
    askForPage: async () => {
      throw new NodeError("link-not-now", "nobody there");
    },
    offerByPhone: async () => {
      throw new NodeError("tor-down", "no Tor here");
    },
    cancelByPhone: async () => {},
    fetchByPhone: async () => {
      throw new NodeError("tor-down", "no Tor here");
    },
    ...beyond,
  };
  return {
    phase: () => desk().phase,
    network: () => ({ at: "off" }),
    onion: () => acting.me.onion,
    onChange: () => () => {},
    acting: () => (desk().phase === "open" ? owner : null),
    proposePassphrase: () => "",
    strength: () => ({ score: 0, guesses: 0 }),
    setUp: notHere,
    unlock: notHere,
    unlockWait: () => 0,
    screenLock: () => {},
    seal: notHere,
    changePassphrase: notHere,
    backup: notHere,
    restore: notHere,
    retryNetwork: () => {},
    setBridges: notHere,
    bridges: () => [],
    attend: () => () => {},
    troubles: () => [],
    startedAt: () => 0,
    now: acting.now,
    random: acting.random,
    log: createLog((line) => void logged.push(line), "debug"),
    port: () => desk().port,
    version: "0.1.0",
  };
}
