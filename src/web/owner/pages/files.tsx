import { type Router as ExpressRouter, Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { AddedFile } from "../../html/compose-files.tsx";
import { rendered } from "../../html/document.tsx";
import { sendMedia } from "../../media.ts";
import { sentence } from "../../messages/messages.ts";
import type { OwnerActing } from "../../ports.ts";
import type { Kit, Visit } from "../kit.ts";
import { draftFile } from "./typed-files.ts";

/** Longer than a picture takes over a good circuit; whatever takes longer comes by itself. */
const WAITED = 25_000;

/** Files of posts, named by rows of ours only: there is no way to ask for an address. */
export function fileRoutes(kit: Kit): ExpressRouter {
  const router = Router();
  kit.get(router, "/media/attached/:id", async ({ acting, part, req, res }) => {
    const id = part("id");
    const file = /^[0-9a-f]{32}$/.test(id) ? await acting.attached(id) : null;
    if (file === null) throw new NodeError("not-found", "no such file");
    await sendMedia(file, req, res);
  });
  kit.post(router, "/attached/:id/fetch", fetchFile);
  kit.raw(router, "/files", (visit) => takeIn(visit, visit.acting.addFile));
  kit.raw(router, "/files/message", (visit) => takeIn(visit, visit.acting.addMessageFile));
  kit.get(router, "/media/message/:id", async ({ acting, part, req, res }) => {
    const id = part("id");
    const file = /^[0-9a-f]{32}$/.test(id) ? await acting.messageFile(id) : null;
    if (file === null) throw new NodeError("not-found", "no such file");
    await sendMedia(file, req, res);
  });
  return router;
}

async function fetchFile(visit: Visit): Promise<void> {
  const { acting, fields, part, t } = visit;
  const id = part("id");
  const post = fields.text("post");
  const back = /^\d{21}$/.test(post) ? `/posts/${post}#f-${id}` : "/";
  const timer = new AbortController();
  const late = new Promise<"late">((resolve) => {
    const timeout = setTimeout(() => resolve("late"), WAITED);
    timer.signal.addEventListener("abort", () => clearTimeout(timeout));
  });
  const coming = acting.fetchAttached(id).then(
    () => null,
    (error: unknown) => asNodeError(error),
  );
  const outcome = await Promise.race([coming, late]);
  timer.abort();
  if (outcome !== null && outcome !== "late" && outcome.code === "internal") throw outcome;
  visit.go(back, outcome === null ? undefined : outcome === "late" ? t.files.onItsWay : sentence(t, outcome));
}

/** One file, as the script sends it: the body is the file, its name and type stand in the headers. */
async function takeIn(visit: Visit, add: OwnerActing["addFile"]): Promise<void> {
  const { req, res, t } = visit;
  try {
    const said = { name: nameOf(req.get("x-tssop-name") ?? ""), type: req.headers["content-type"] ?? "" };
    const file = await draftFile(visit, await add(req, said), "");
    if (file === null) throw new NodeError("file-gone", "gone at once");
    const voice = req.get("x-tssop-voice") !== undefined;
    res.setHeader("Content-Type", "text/html; charset=utf-8");
    res.end(rendered(<AddedFile t={t} file={{ ...file, voice }} />));
  } catch (thrown) {
    // Broken off by who sent it: nobody waits for an answer.
    if (req.destroyed && !req.complete) return;
    const error = asNodeError(thrown);
    if (error.code === "internal") throw thrown;
    if (!req.complete) res.setHeader("Connection", "close");
    res.status(422).type("text/plain").send(sentence(t, error));
  }
}

function nameOf(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return "";
  }
}
