import { Router } from "express";
import { isLanguage, languageOf, messages } from "../messages/messages.ts";
import type { OwnerPorts } from "../ports.ts";
import { readFields } from "./read-fields.ts";

/** How strong what is being typed is, for the script; without it the answer comes with the page after sending. */
export function strengthRoutes(ports: OwnerPorts): Router {
  const router = Router();
  router.post("/strength", async (req, res) => {
    const fields = await readFields(req);
    const lang = fields.text("lang");
    const t = messages(isLanguage(lang) ? lang : languageOf(req.headers["accept-language"]));
    const { score } = ports.strength(fields.text("passphrase").slice(0, 1_000));
    res.json({ score, word: t.strength.words[score], help: t.strength.help[score] });
  });
  return router;
}
