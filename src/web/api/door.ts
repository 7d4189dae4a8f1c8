import type { RequestHandler, Router } from "express";
import type { OwnerPorts } from "../ports.ts";
import { admit } from "./auth.ts";
import type { Work } from "./call.ts";
import type { Scope } from "./scopes.ts";

/** One endpoint after the other: who may call it (null: any token), and what it does. */
export type Door = {
  get(path: string, needed: Scope | null, work: Work): void;
  post(path: string, needed: Scope | null, work: Work): void;
  put(path: string, needed: Scope | null, work: Work): void;
  delete(path: string, needed: Scope | null, work: Work): void;
};

export function createDoor(ports: OwnerPorts, router: Router): Door {
  return {
    get: (path, needed, work) => router.get(path, guarded(ports, needed, work)),
    post: (path, needed, work) => router.post(path, guarded(ports, needed, work)),
    put: (path, needed, work) => router.put(path, guarded(ports, needed, work)),
    delete: (path, needed, work) => router.delete(path, guarded(ports, needed, work)),
  };
}

/** Nothing runs before the token was looked at. */
export function guarded(ports: OwnerPorts, needed: Scope | null, work: Work): RequestHandler {
  return async (req, res) => {
    const call = await admit(ports, req, needed);
    if ("error" in call) {
      if (call.status === 503) res.set("Retry-After", "30");
      if (call.status === 401) res.set("WWW-Authenticate", 'Bearer realm="TSSOP"');
      res.status(call.status).json({ error: call.error });
      return;
    }
    const answer = await work(call);
    if (answer.link !== undefined) res.set("Link", answer.link);
    res.json(answer.json);
  };
}
