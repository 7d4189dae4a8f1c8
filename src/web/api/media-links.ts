import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { Router } from "express";
import { sendMedia } from "../media.ts";
import type { MediaFile, OwnerActing, OwnerPorts } from "../ports.ts";
import type { Site } from "./shapes/site.ts";

/** Of this run: links that apps were given before lead nowhere. */
const KEY = randomBytes(32);

/**
 * own: added, in no post yet. look: what is here of a post's file. fetch: the same, and brought here first; apps ask
 * for it when a person opens it.
 */
type Way = "own" | "look" | "fetch";

const signature = (way: Way, id: string) =>
  createHmac("sha256", KEY).update(`${way}\n${id}`).digest("hex").slice(0, 32);

/** Apps show pictures without their token, so a link says by itself that we gave it out. */
export function mediaLink(site: Site, way: Way, id: string): string {
  return `${site.base}/media/app/${way}/${id}/${signature(way, id)}`;
}

function isOurs(way: string, id: string, given: string): way is Way {
  if (way !== "own" && way !== "look" && way !== "fetch") return false;
  if (!/^[0-9a-f]{32}$/.test(id) || !/^[0-9a-f]{32}$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(signature(way, id)));
}

export function mediaLinkRoutes(ports: OwnerPorts): Router {
  const router = Router();
  router.get("/media/app/:way/:id/:given", async (req, res) => {
    const { way, id, given } = req.params;
    const acting = ports.acting();
    const file = acting !== null && isOurs(way, id, given) ? await fileBehind(acting, way, id) : null;
    if (file === null) res.status(404).end();
    else await sendMedia(file, req, res);
  });
  return router;
}

async function fileBehind(acting: OwnerActing, way: Way, id: string): Promise<MediaFile | null> {
  if (way === "own") return acting.media(id);
  const here = await acting.attached(id);
  if (here !== null || way === "look") return here;
  // Whatever keeps it from coming: the app says that it is not there.
  await acting.fetchAttached(id).catch(() => {});
  return acting.attached(id);
}
