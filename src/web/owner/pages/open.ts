import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { postById } from "../../../social/posts/find.ts";
import type { Kit } from "../kit.ts";

/** A link into the onion network, followed on this click only: a post or a person there, shown here. */
export function openRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/open", async ({ acting, fields, go }) => {
    const address = fields.text("address");
    if (!/^https?:\/\//.test(address)) throw new NodeError("address-not-understood", "no address");
    const found = await acting.lookUpPost(address).catch(() => null);
    const post = found === null ? null : await postById(acting.read, acting.me, found.postId);
    if (post !== null) return go(`/posts/${post.sortKey}`);
    const { personId } = await acting.lookUp(address);
    go(`/people/${personId}`);
  });
  return router;
}
