import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { AudiencePicker } from "../../html/audience-picker.tsx";
import { nothingSought } from "../../html/choice-fields.tsx";
import type { Kit } from "../kit.ts";
import { readChoice } from "./read-choice.ts";
import { choices, chosenIds, reckoned } from "./recipients.ts";
import { withSought } from "./sought.ts";

/** Names of forms of ours that a choice is in. */
const PREFIX = /^[a-z0-9-]{0,60}$/;

/** What a choice means as it stands in a form: the script asks while boxes are ticked. Nothing is kept of it. */
export function whoRoutes(kit: Kit): Router {
  const router = Router();
  kit.post(router, "/who", async (visit) => {
    const { acting, fields, t, showWhole } = visit;
    const prefix = fields.text("prefix");
    const choice = PREFIX.test(prefix) ? readChoice(fields, prefix) : null;
    if (choice === null) throw new NodeError("bad-request", "no choice of ours");
    const bare = { choice, add: nothingSought, no: nothingSought };
    const { picked } = await withSought(acting, fields, bare, prefix);
    const around = await choices(acting, chosenIds(picked.choice));
    const counted = await reckoned(acting, picked.choice, fields.text("text"));
    const whole = { ...picked, ...counted, wrong: null, open: true };
    showWhole(
      <AudiencePicker t={t} picked={whole} around={around} prefix={prefix} keep={fields.has("keepable")} />,
    );
  });
  return router;
}
