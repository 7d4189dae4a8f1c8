import type { Request } from "express";
import { checkToken } from "../../social/tokens/tokens.ts";
import type { OwnerActing, OwnerPorts } from "../ports.ts";
import type { Call } from "./call.ts";
import type { Fields } from "./fields.ts";
import { readFields } from "./parse.ts";
import { covers, type Scope } from "./scopes.ts";

/** What an app is told instead of an answer. */
export type Refusal = { status: 401 | 403 | 503; error: string };

const NO_TOKEN = "The access token is invalid. Make one with: tssop token";
const NOT_IN_SCOPE =
  "This action is outside the authorized scopes. Make a token for it with: tssop token --scopes";
const LOCKED = "TSSOP is locked. Unlock it with your passphrase.";

/** The call of an app that may make it, or why not. Says the same to everybody who has no token. */
export async function admit(
  ports: OwnerPorts,
  req: Request,
  needed: Scope | null,
  read: (req: Request, acting: OwnerActing) => Promise<Fields> = readFields,
): Promise<Call | Refusal> {
  const acting = ports.acting();
  if (acting === null) return { status: 503, error: LOCKED };
  const secret = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(req.headers.authorization ?? "")?.[1];
  const token = secret === undefined ? null : await checkToken(acting.read, secret);
  if (token === null) return { status: 401, error: NO_TOKEN };
  if (!covers(token.scopes, needed)) return { status: 403, error: NOT_IN_SCOPE };
  const params = req.params;
  return {
    ports,
    acting,
    token,
    fields: await read(req, acting),
    path: req.originalUrl.split("?", 1)[0] ?? "",
    part: (name) => {
      const value = params[name];
      return typeof value === "string" ? value : "";
    },
    idempotencyKey: req.get("idempotency-key") ?? "",
  };
}
