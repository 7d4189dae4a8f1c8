import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { sendMedia } from "../../media.ts";
import type { Kit, Visit } from "../kit.ts";

/** Pictures, named by rows of ours only: there is no way to ask for an address. */
export function mediaRoutes(kit: Kit): Router {
  const router = Router();
  const send = async ({ acting, part, req, res }: Visit) => {
    const id = part("id");
    const file = /^[0-9a-f]{32}$/.test(id) ? await acting.media(id) : null;
    if (file === null) throw new NodeError("not-found", "no such picture");
    await sendMedia(file, req, res);
  };
  kit.get(router, "/media/emoji/:host/:shortcode", async ({ acting, part, req, res }) => {
    const file = await acting.media(`${part("host")}/${part("shortcode")}`);
    if (file === null) throw new NodeError("not-found", "no such emoji");
    await sendMedia(file, req, res);
  });
  kit.get(router, "/media/person/:id", send);
  kit.get(router, "/media/:id", send);
  return router;
}
