import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { idOf } from "../../../lib/ids.ts";
import { isOnion } from "../../../lib/onion-name.ts";
import { personByUri } from "../../../social/people/find.ts";
import { postById } from "../../../social/posts/find.ts";
import type { OwnerActing } from "../../ports.ts";
import type { Kit } from "../kit.ts";

/** "/", "/@name": a person's page and no post. */
const PERSON = /^\/(?:@[^/]+\/?)?$/;

/** A link into the onion network, followed on this click only: a post or a person there, shown here. */
export function openRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/open", async ({ acting, fields, go }) => {
    const address = fields.text("address");
    go((await knownHere(acting, address)) ?? (await foundThere(acting, address)));
  });
  return router;
}

/** What is here already is shown without asking anybody. */
async function knownHere({ read, me }: OwnerActing, address: string): Promise<string | null> {
  const url = URL.parse(address);
  if (url === null) throw new NodeError("address-not-understood", "no address");
  const post = await postById(read, me, idOf(address));
  if (post !== null) return `/posts/${post.sortKey}`;
  const person = await personByUri(read, address);
  if (person !== null) return person.isOwner ? "/profile" : `/people/${person.id}`;
  if (url.host !== new URL(me.origin).host) return null;
  if (PERSON.test(url.pathname)) return "/profile";
  throw new NodeError("post-not-found", "an own post that is gone");
}

async function foundThere(acting: OwnerActing, address: string): Promise<string> {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || !isOnion(url.hostname)) {
    throw new NodeError("clearnet-refused", "not in the onion network");
  }
  const found = PERSON.test(url.pathname) ? null : await acting.lookUpPost(address);
  const post = found === null ? null : await postById(acting.read, acting.me, found.postId);
  if (post !== null) return `/posts/${post.sortKey}`;
  const { personId } = await acting.lookUp(address);
  return `/people/${personId}`;
}
