import type { Router } from "express";
import { asNodeError } from "../../../lib/errors.ts";
import { agreeToOpen, takeBackOpen } from "../../../social/messages/elsewhere/agree.ts";
import { giveKey } from "../../../social/messages/elsewhere/give-key.ts";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { showKey } from "./message-key.tsx";

/** People whose account is elsewhere: whether the owner writes to them openly, and a key that the owner got from them. */
export function elsewhereRoutes(kit: Kit, router: Router): void {
  kit.post(router, "/messages/:person/open", async (visit) => {
    const { acting, fields, part, t } = visit;
    const personId = part("person");
    const path = `/messages/${personId}`;
    switch (fields.text("open")) {
      case "yes":
        await acting.transact((tx) => agreeToOpen(tx, personId));
        return visit.go(`${path}#say`, t.elsewhere.askedYes);
      case "stop":
        await acting.transact((tx) => takeBackOpen(tx, personId));
        return visit.go(path, t.elsewhere.openStopped);
      default:
        return visit.go("/messages", t.elsewhere.askedNo);
    }
  });
  kit.post(router, "/messages/:person/key", takeKey);
}

async function takeKey(visit: Visit): Promise<void> {
  const { acting, fields, part, now, t } = visit;
  const personId = part("person");
  const given = fields.file("certificateFile") ?? Buffer.from(fields.text("certificate").trim());
  if (given.byteLength === 0) return showKey(visit, t.elsewhere.pasteEmpty);
  try {
    const is = await acting.transact((tx) => giveKey(tx, personId, given, now));
    visit.go(`/messages/${personId}/verify`, is === "used" ? t.elsewhere.pasted : t.elsewhere.pastedOther);
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    return showKey(visit, known.code === "key-not-understood" ? t.elsewhere.pasteWrong : sentence(t, known));
  }
}
