import { Router } from "express";
import { asNodeError } from "../../../lib/errors.ts";
import { readCode } from "../../../social/messages/together/code.ts";
import { ownCard } from "../../../social/messages/together/show.ts";
import { codePng } from "../../code-picture.ts";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { OutsideQuestion } from "../../html/outside-question.tsx";
import { ScanCard } from "../../html/scan-card.tsx";
import { sentence } from "../../messages/messages.ts";
import { inBackground } from "../in-background.ts";
import type { Kit, Visit } from "../kit.ts";
import { InviteCard } from "./invite.tsx";
import { takeCode } from "./together-taken.tsx";

/** Showing the own address, and finding somebody by theirs. */
export function connectRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/connect", (visit) => show(visit, {}, 200));
  kit.get(router, "/connect/qr.png", async ({ res, acting: { read, me } }) => {
    res.setHeader("Content-Type", "image/png").send(codePng(await ownCard(read, me), 10));
  });
  kit.post(router, "/connect", (visit) => follow(visit, visit.fields.text("address").trim()));
  kit.post(router, "/connect/scan", scan);
  return router;
}

/** Goes where a text leads that was typed, pasted or scanned. */
async function follow(visit: Visit, text: string): Promise<void> {
  try {
    const code = readCode(text);
    if (code !== null) return await takeCode(visit, code, "together");
    const { personId } = await visit.acting.lookUp(text);
    visit.go(`/people/${personId}`);
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    const outside = known.host === "" ? null : known.host;
    await show(visit, { address: text, wrong: sentence(visit.t, known), outside }, 422);
  }
}

/**
 * A picture of a code. What the camera sees comes here too, many times a minute: the page is told what was read, "" for
 * nothing, and sends it as if it was pasted.
 */
async function scan(visit: Visit): Promise<void> {
  const { fields, acting, t, req, res } = visit;
  const picture = fields.file("code");
  const camera = inBackground(req);
  if (picture === null) return show(visit, { unread: t.scan.pictureNone }, 422);
  let text: string;
  try {
    text = await acting.readCode(picture);
  } catch (error) {
    const known = asNodeError(error);
    if (!/^(code|picture)-/.test(known.code)) throw error;
    const says = sentence(t, known);
    if (!camera) return show(visit, { unread: says }, 422);
    // A frame without a code is no news.
    res.json({ text: "", says: known.code.startsWith("code-") && known.code !== "code-none" ? says : "" });
    return;
  }
  if (camera) res.json({ text, says: "" });
  else await follow(visit, text);
}

type Shown = {
  /** What was typed or read, and what is not right with it. */
  address?: string;
  wrong?: string;
  /** A server that the owner must decide about first. */
  outside?: string | null;
  /** Why a picture could not be read. */
  unread?: string;
};

async function show(visit: Visit, shown: Shown, status: number): Promise<void> {
  const { t, token, acting } = visit;
  const { address = "", wrong, outside = null, unread = null } = shown;
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
          <ScanCard t={t} token={token} action="/connect/scan" into="theirs" wrong={unread} />
        </div>
        <PasteCard visit={visit} address={address} wrong={wrong} />
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

type PasteProps = { visit: Visit; address: string; wrong: string | undefined };

function PasteCard({ visit: { t, token }, address, wrong }: PasteProps) {
  const c = t.connect;
  return (
    <section class="card roomy stack">
      <h2>{c.pasteHeading}</h2>
      <Form action="/connect" token={token} class="stack tight">
        <Field
          id="theirs"
          label={c.pasteLabel}
          hint={wrong === undefined ? c.pasteHint : c.saved}
          wrong={wrong}
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
              aria-invalid={wrong === undefined ? undefined : "true"}
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
  );
}
