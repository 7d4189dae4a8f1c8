import { generateKeyPairSync } from "node:crypto";
import { createFederation, importJwk, MemoryKvStore } from "@fedify/fedify";
import { Create, Person } from "@fedify/fedify/vocab";
import express, { type Express } from "express";
import { asRequest, readBody, sendResponse } from "../../src/web/http-bridge.ts";

/** The least that takes in a signed activity with the same libraries: Fedify as it comes, Express, nothing kept. */
export async function bareFedify(
  origin: string,
): Promise<{ app: Express; inbox: string; taken: () => number }> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { alg: "RS256", key_ops: ["verify"] };
  const pair = {
    publicKey: await importJwk({ ...publicKey.export({ format: "jwk" }), ...jwk }, "public"),
    privateKey: await importJwk(
      { ...privateKey.export({ format: "jwk" }), alg: "RS256", key_ops: ["sign"] },
      "private",
    ),
  };
  const federation = createFederation<void>({ kv: new MemoryKvStore(), allowPrivateAddress: true });
  federation
    .setActorDispatcher("/users/{identifier}", (context, identifier) =>
      identifier === "anna"
        ? new Person({ id: context.getActorUri(identifier), preferredUsername: identifier })
        : null,
    )
    .setKeyPairsDispatcher(() => [pair]);
  let taken = 0;
  federation.setInboxListeners("/users/{identifier}/inbox", "/inbox").on(Create, () => {
    taken += 1;
  });
  const app = express();
  app.disable("x-powered-by");
  app.use(async (req, res) => {
    const request = asRequest(req, origin, await readBody(req, 1 << 20));
    await sendResponse(await federation.fetch(request, { contextData: undefined }), res);
  });
  return { app, inbox: `${origin}/users/anna/inbox`, taken: () => taken };
}
