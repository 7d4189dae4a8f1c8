import type { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { MOST_EMOJIS, shortcodeOf } from "../../../social/emojis/emoji.ts";
import { addEmoji, dropEmoji, ownEmojis } from "../../../social/emojis/own-emojis.ts";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { settingPage } from "./setting-page.tsx";

type Typed = { shortcode: string; wrong?: string; wrongPicture?: string };

/** The owner's own small pictures, to be written as :name:. */
export function emojiRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/emoji", (visit) => show(visit, { shortcode: "" }, 200));
  kit.post(router, "/settings/emoji", add);
  kit.post(router, "/settings/emoji/:shortcode/remove", async (visit) => {
    const { acting, part, t } = visit;
    await acting.transact((tx) => dropEmoji(tx, acting.me, part("shortcode")));
    visit.go("/settings/emoji", t.emoji.gone);
  });
}

async function add(visit: Visit): Promise<void> {
  const { acting, fields, t, now } = visit;
  const typed = { shortcode: fields.text("shortcode") };
  const bytes = fields.file("picture");
  if (bytes === null) return show(visit, { ...typed, wrongPicture: t.emoji.none }, 422);
  try {
    const known = await ownEmojis(acting.read, acting.me);
    const shortcode = shortcodeOf(typed.shortcode);
    const isNew = !known.some((one) => one.shortcode === shortcode);
    // Looked at before the picture is taken in: one that nothing names would stay for ever.
    if (shortcode === "" || (isNew && known.length >= MOST_EMOJIS)) {
      throw new NodeError("emoji-not-right", "no shortcode, or too many");
    }
    const mediaId = await acting.addPicture(bytes);
    await acting.transact((tx) => addEmoji(tx, acting.me, { shortcode, mediaId }, now));
  } catch (thrown) {
    if (!(thrown instanceof NodeError) || thrown.code === "internal") throw thrown;
    const said = sentence(t, thrown);
    const isPicture = thrown.code.startsWith("picture");
    return show(visit, { ...typed, ...(isPicture ? { wrongPicture: said } : { wrong: said }) }, 422);
  }
  visit.go("/settings/emoji", t.saved);
}

async function show(visit: Visit, typed: Typed, status: number): Promise<void> {
  const { acting, t, token } = visit;
  const e = t.emoji;
  const mine = await ownEmojis(acting.read, acting.me);
  const page = settingPage(
    visit,
    e.title,
    <>
      <p class="muted">{e.lead}</p>
      {mine.length === 0 ? null : (
        <ul class="list card">
          {mine.map(({ shortcode, mediaId }) => (
            <li class="row">
              <img class="emoji" src={`/media/${mediaId}`} alt="" />
              <code class="grow">:{shortcode}:</code>
              <Form action={`/settings/emoji/${encodeURIComponent(shortcode)}/remove`} token={token}>
                <button class="btn bare" type="submit">
                  <Icon name="bin" />
                  <span class="vh">{e.remove(shortcode)}</span>
                </button>
              </Form>
            </li>
          ))}
        </ul>
      )}
      <Form action="/settings/emoji" token={token} class="card roomy stack" files>
        <Field id="shortcode" label={e.name} hint={e.nameHint} wrong={typed.wrong}>
          {(describedBy) => (
            <input
              id="shortcode"
              name="shortcode"
              value={typed.shortcode}
              maxlength={66}
              autocapitalize="none"
              spellcheck={false}
              aria-describedby={describedBy}
            />
          )}
        </Field>
        <Field id="picture" label={e.picture} hint={e.pictureHint} wrong={typed.wrongPicture}>
          {(describedBy) => (
            <input
              id="picture"
              name="picture"
              type="file"
              accept="image/jpeg,image/png,image/webp"
              aria-describedby={describedBy}
            />
          )}
        </Field>
        <div class="row end">
          <button class="btn main-do" type="submit">
            {e.add}
          </button>
        </div>
      </Form>
    </>,
    status,
  );
  await visit.show(page);
}
