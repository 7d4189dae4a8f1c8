import { Router } from "express";
import { asNodeError } from "../../../lib/errors.ts";
import { readCode } from "../../../social/messages/together/code.ts";
import { ownCard } from "../../../social/messages/together/show.ts";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { OutsideQuestion } from "../../html/outside-question.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { sendCode } from "./code-picture.ts";
import { InviteCard } from "./invite.tsx";
import { takeCode } from "./together-taken.tsx";

/** Showing the own address, and finding somebody by theirs. */
export function connectRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/connect", (visit) => show(visit, { address: "", wrong: null, outside: null }, 200));
  kit.get(router, "/connect/qr.png", async ({ res, acting: { read, me } }) =>
    sendCode(res, await ownCard(read, me)),
  );
  kit.post(router, "/connect", async (visit) => {
    const address = visit.fields.text("address").trim();
    try {
      const code = readCode(address);
      if (code !== null) return await takeCode(visit, code, "together");
      const { personId } = await visit.acting.lookUp(address);
      visit.go(`/people/${personId}`);
    } catch (error) {
      const known = asNodeError(error);
      if (known.code === "internal") throw error;
      const outside = known.host === "" ? null : known.host;
      await show(visit, { address, wrong: sentence(visit.t, known), outside }, 422);
    }
  });
  return router;
}

/** What was typed, what is not right with it, and a server that the owner must decide about first. */
type Typed = { address: string; wrong: string | null; outside: string | null };

async function show(visit: Visit, { address, wrong, outside }: Typed, status: number): Promise<void> {
  const { t, token, acting } = visit;
  const c = t.connect;
  await visit.show({
    title: c.title,
    current: "connect",
    status,
    main: (
      <>
        <div class="page-head">
          <h1>{c.heading}</h1>
        </div>
        {outside === null ? null : <OutsideQuestion t={t} token={token} host={outside} wanted={address} />}
        <div class="pair">
          <section class="card roomy stack">
            <h2>{c.scanYou}</h2>
            <img class="qr" src="/connect/qr.png" width="256" height="256" alt={c.qrAlt} />
            <p class="small muted">{c.scanHint}</p>
            <p>
              <a class="btn full" href="/together">
                <Icon name="sealed" />
                {t.together.here}
              </a>
            </p>
          </section>
          <section class="card roomy stack">
            <h2>{c.pasteHeading}</h2>
            <Form action="/connect" token={token} class="stack tight">
              <Field
                id="theirs"
                label={c.pasteLabel}
                hint={wrong === null ? c.pasteHint : c.saved}
                wrong={wrong ?? undefined}
              >
                {(ids) => (
                  <textarea
                    id="theirs"
                    name="address"
                    rows={3}
                    spellcheck={false}
                    autocomplete="off"
                    autocapitalize="none"
                    dir="ltr"
                    class="mono"
                    placeholder="@name@….onion"
                    aria-describedby={ids}
                    aria-invalid={wrong === null ? undefined : "true"}
                  >
                    {address}
                  </textarea>
                )}
              </Field>
              <button class="btn main-do full" type="submit">
                {c.find}
              </button>
            </Form>
          </section>
        </div>
        <section class="card stack">
          <h2>{c.yours}</h2>
          <p class="mono" id="my-address" dir="ltr">
            @{acting.me.handle}@{acting.me.onion}
          </p>
          <div class="row">
            <button class="btn" type="button" data-copy="my-address" data-done={c.copied} hidden>
              <Icon name="copy" />
              {c.copy}
            </button>
          </div>
          <p class="small muted">{c.yoursHint}</p>
        </section>
        <InviteCard t={t} token={token} />
      </>
    ),
  });
}
