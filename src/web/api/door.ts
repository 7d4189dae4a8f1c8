import type { Request, RequestHandler, Response, Router } from "express";
import type { OwnerActing, OwnerPorts } from "../ports.ts";
import { admit, type Refusal } from "./auth.ts";
import type { Answer, Call, Work } from "./call.ts";
import type { Scope } from "./scopes.ts";
import { readFile } from "./upload.ts";

/** One endpoint after the other: who may call it (null: any token), and what it does. */
export type Door = {
  get(path: string, needed: Scope | null, work: Work): void;
  post(path: string, needed: Scope | null, work: Work): void;
  put(path: string, needed: Scope | null, work: Work): void;
  delete(path: string, needed: Scope | null, work: Work): void;
  /** With a file in it, taken in under `mediaId`. */
  upload(path: string, needed: Scope, work: UploadWork): void;
};

export type UploadWork = (call: Call, mediaId: string) => Promise<Answer>;

export function createDoor(ports: OwnerPorts, router: Router): Door {
  return {
    get: (path, needed, work) => router.get(path, guarded(ports, needed, work)),
    post: (path, needed, work) => router.post(path, guarded(ports, needed, work)),
    put: (path, needed, work) => router.put(path, guarded(ports, needed, work)),
    delete: (path, needed, work) => router.delete(path, guarded(ports, needed, work)),
    upload: (path, needed, work) => router.post(path, uploaded(ports, needed, work)),
  };
}

/** Nothing runs before the token was looked at. */
export function guarded(ports: OwnerPorts, needed: Scope | null, work: Work): RequestHandler {
  return async (req, res) => {
    await answered(res, await admit(ports, req, needed), work);
  };
}

/** Megabytes are read of nobody who has no token for it. */
function uploaded(ports: OwnerPorts, needed: Scope, work: UploadWork): RequestHandler {
  return async (req, res) => {
    let mediaId = "";
    const read = async (_: Request, acting: OwnerActing) => {
      const file = await readFile(req, acting);
      mediaId = file.mediaId;
      return file.fields;
    };
    const call = await admit(ports, req, needed, read).catch((error: unknown) => {
      if (!req.complete) res.set("Connection", "close");
      throw error;
    });
    if ("error" in call) res.set("Connection", "close");
    await answered(res, call, (admitted) => work(admitted, mediaId));
  };
}

async function answered(res: Response, call: Call | Refusal, work: Work): Promise<void> {
  if ("error" in call) {
    if (call.status === 503) res.set("Retry-After", "30");
    if (call.status === 401) res.set("WWW-Authenticate", 'Bearer realm="TSSOP"');
    res.status(call.status).json({ error: call.error });
    return;
  }
  const answer = await work(call);
  if (answer.link !== undefined) res.set("Link", answer.link);
  res.json(answer.json);
}
