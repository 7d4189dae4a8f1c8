import type { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { changeProfile } from "../../../social/profile/change-profile.ts";
import { type Profile, profile } from "../../../social/profile/profile.ts";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { settingPage } from "./setting-page.tsx";

const LONGEST_ABOUT = 2_000;

type Wrong = { name?: string; about?: string; picture?: string };

export function profileRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/profile", async (visit) => {
    await show(visit, await profile(visit.acting.read, visit.acting.me), {});
  });
  kit.post(router, "/settings/profile", (visit) => changeText(visit));
  kit.post(router, "/settings/picture", (visit) => changePicture(visit));
}

async function changeText(visit: Visit): Promise<void> {
  const { acting, fields, t } = visit;
  const change = { name: fields.text("name"), about: fields.text("about").replaceAll("\r\n", "\n") };
  try {
    await acting.transact((tx) => changeProfile(tx, acting.me, change, visit.now));
  } catch (thrown) {
    if (!(thrown instanceof NodeError)) throw thrown;
    if (thrown.code !== "name-empty" && thrown.code !== "text-too-long") throw thrown;
    const said = sentence(t, thrown);
    const card = await profile(acting.read, acting.me);
    await show(
      visit,
      { ...card, ...change },
      thrown.code === "name-empty" ? { name: said } : { about: t.settings.aboutHint },
    );
    return;
  }
  visit.go("/settings/profile", t.saved);
}

async function changePicture(visit: Visit): Promise<void> {
  const { acting, fields, t } = visit;
  const bytes = fields.file("picture");
  const remove = fields.text("do") === "remove";
  if (bytes === null && !remove) {
    await show(visit, await profile(acting.read, acting.me), { picture: t.settings.pictureNone });
    return;
  }
  try {
    const pictureId = bytes === null || remove ? "" : await acting.addPicture(bytes);
    await acting.transact((tx) => changeProfile(tx, acting.me, { pictureId }, visit.now));
    visit.go("/settings/profile", remove ? t.settings.pictureGone : t.settings.pictureSet);
  } catch (thrown) {
    if (!(thrown instanceof NodeError) || !thrown.code.startsWith("picture-")) throw thrown;
    await show(visit, await profile(acting.read, acting.me), { picture: sentence(t, thrown) });
  }
}

async function show(visit: Visit, card: Profile, wrong: Wrong): Promise<void> {
  const { t } = visit;
  const status = Object.keys(wrong).length === 0 ? 200 : 422;
  const main = (
    <>
      <TextForm visit={visit} card={card} wrong={wrong} />
      <PictureForm visit={visit} card={card} wrong={wrong} />
    </>
  );
  await visit.show(settingPage(visit, t.settings.profile, main, status));
}

type FormProps = { visit: Visit; card: Profile; wrong: Wrong };

function TextForm({ visit: { t, token }, card, wrong }: FormProps) {
  const s = t.settings;
  return (
    <Form action="/settings/profile" token={token} class="card roomy stack">
      <Field id="name" label={s.name} hint={s.nameHint} wrong={wrong.name}>
        {(ids) => (
          <input
            id="name"
            name="name"
            maxlength={64}
            required
            autocomplete="off"
            dir="auto"
            value={card.name}
            aria-describedby={ids}
            aria-invalid={wrong.name === undefined ? undefined : "true"}
          />
        )}
      </Field>
      <Field id="about" label={s.aboutMe} hint={s.aboutHint} wrong={wrong.about}>
        {(ids) => (
          <textarea
            id="about"
            name="about"
            rows={4}
            maxlength={LONGEST_ABOUT}
            dir="auto"
            autocomplete="off"
            aria-describedby={ids}
            aria-invalid={wrong.about === undefined ? undefined : "true"}
          >
            {card.about}
          </textarea>
        )}
      </Field>
      <div class="row end">
        <button class="btn main-do" type="submit">
          {t.save}
        </button>
      </div>
    </Form>
  );
}

function PictureForm({ visit: { t, token }, card, wrong }: FormProps) {
  const s = t.settings;
  return (
    <Form action="/settings/picture" token={token} class="card roomy stack" files>
      <div class="row start">
        {card.pictureId === "" ? null : (
          <span class="face xl" aria-hidden="true">
            <img src={`/media/${card.pictureId}`} alt="" width="96" height="96" />
          </span>
        )}
        <div class="grow">
          <Field id="picture" label={s.picture} hint={s.pictureHint} wrong={wrong.picture}>
            {(ids) => (
              <input
                id="picture"
                name="picture"
                type="file"
                accept="image/jpeg,image/png,image/webp"
                aria-describedby={ids}
                aria-invalid={wrong.picture === undefined ? undefined : "true"}
              />
            )}
          </Field>
        </div>
      </div>
      <div class="row end">
        {card.pictureId === "" ? null : (
          <button class="btn bare" type="submit" name="do" value="remove">
            {s.pictureRemove}
          </button>
        )}
        <button class="btn" type="submit" name="do" value="use" data-busy>
          <Icon name="image" />
          {s.pictureGo}
        </button>
      </div>
    </Form>
  );
}
