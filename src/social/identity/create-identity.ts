import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { NodeError } from "../../lib/errors.ts";
import type { Random } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanName } from "../html.ts";
import { keepPerson } from "../people/save-person.ts";
import { changeSetting } from "../settings/settings.ts";
import { handleFrom, type Identity, isHandle } from "./identity.ts";
import { HANDLE_SETTING, identityOf, OWNER_SETTING } from "./load-identity.ts";
import { writeSecret } from "./queries.ts";

const generate = promisify(generateKeyPair);

/** Makes a person: their keys, all random rows so that they can be destroyed, and their place among people. */
export async function createIdentity(
  tx: Tx,
  o: { name: string; handle?: string; random: Random },
  now: number,
): Promise<Identity> {
  const name = cleanName(o.name);
  if (name === "") throw new NodeError("name-empty", "no name");
  const handle = o.handle ?? handleFrom(name);
  if (!isHandle(handle)) throw new NodeError("handle-not-allowed", "odd handle");
  const rsa = await generate("rsa", { modulusLength: 2048 });
  const address = o.random(32);
  await writeSecret(tx, "root", o.random(32), now);
  await writeSecret(tx, "address", address, now);
  await writeSecret(tx, "actor-rsa", rsa.privateKey.export({ format: "der", type: "pkcs8" }), now);
  await writeSecret(tx, "actor-ed25519", o.random(32), now);
  const identity = identityOf(address, handle);
  await changeSetting(tx, HANDLE_SETTING, handle);
  await changeSetting(tx, OWNER_SETTING, identity.ownerId);
  await changeSetting(tx, "profile.name", name);
  await keepPerson(
    tx,
    {
      uri: identity.ownerUri,
      handle,
      host: identity.onion,
      name,
      aboutHtml: "",
      url: `${identity.origin}/@${handle}`,
      inbox: `${identity.ownerUri}/inbox`,
      sharedInbox: `${identity.origin}/inbox`,
      followersUri: `${identity.ownerUri}/followers`,
      outboxUri: `${identity.ownerUri}/outbox`,
      featuredUri: "",
      pictureUrl: "",
      approves: true,
      automated: false,
    },
    now,
  );
  return identity;
}
