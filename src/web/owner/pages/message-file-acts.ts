import type { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { askForFile, stopFile } from "../../../social/messages/files/ask.ts";
import { fileWith } from "../../../social/messages/files/queries.ts";
import type { Kit } from "../kit.ts";

/** Getting a file of somebody's message, and leaving off. */
export function messageFileRoutes(kit: Kit, router: Router): void {
  kit.post(router, "/messages/:person/file/:id", async ({ acting, part, fields, go }) => {
    const [id, personId] = [part("id"), part("person")];
    await acting.transact(async (tx) => {
      if ((await fileWith(tx, id, personId)) === null) throw new NodeError("file-gone", "not of theirs");
      return fields.text("do") === "stop" ? stopFile(tx, id) : askForFile(tx, id);
    });
    go(`/messages/${personId}#f-${id}`);
  });
}
