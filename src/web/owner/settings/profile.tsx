import type { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { changeProfile } from "../../../social/profile/change-profile.ts";
import { ownFields } from "../../../social/profile/own-fields.ts";
import { seenParts } from "../../../social/profile/parts.ts";
import { type Profile, profile } from "../../../social/profile/profile.ts";
import { AsBar } from "../../html/as-bar.tsx";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { choices, chosenIds } from "../pages/recipients.ts";
import { LineList, lineRoutes } from "./lines.tsx";
import { SeenList, seenRoutes } from "./seen.tsx";
import { settingPage } from "./setting-page.tsx";

const LONGEST_ABOUT = 2_000;

type Wrong = { name?: string; about?: string; picture?: string; banner?: string };

export function profileRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/profile", async (visit) => {
    await show(visit, await profile(visit.acting.read, visit.acting.me), {});
  });
  kit.post(router, "/settings/profile", (visit) => changeText(visit));
  kit.post(router, "/settings/picture", (visit) => changePicture(visit, "picture"));
  kit.post(router, "/settings/banner", (visit) => changePicture(visit, "banner"));
  lineRoutes(kit, router);
  seenRoutes(kit, router);
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

async function changePicture(visit: Visit, which: Which): Promise<void> {
  const { acting, fields, t } = visit;
  const bytes = fields.file(which);
  const remove = fields.text("do") === "remove";
  const words = pictureWords(t)[which];
  if (bytes === null && !remove) {
    await show(visit, await profile(acting.read, acting.me), { [which]: t.settings.pictureNone });
    return;
  }
  try {
    const id = bytes === null || remove ? "" : await acting.addPicture(bytes, which);
    const change = which === "picture" ? { pictureId: id } : { bannerId: id };
    await acting.transact((tx) => changeProfile(tx, acting.me, change, visit.now));
    visit.go("/settings/profile", remove ? words.gone : words.set);
  } catch (thrown) {
    if (!(thrown instanceof NodeError) || !thrown.code.startsWith("picture-")) throw thrown;
    await show(visit, await profile(acting.read, acting.me), { [which]: sentence(t, thrown) });
  }
}

type Which = "picture" | "banner";

function pictureWords({ settings: s, lines: l }: Visit["t"]) {
  return {
    picture: {
      ...{ label: s.picture, hint: s.pictureHint, go: s.pictureGo },
      ...{ remove: s.pictureRemove, set: s.pictureSet, gone: s.pictureGone },
    },
    banner: {
      ...{ label: l.banner, hint: l.bannerHint, go: l.bannerGo },
      ...{ remove: l.bannerRemove, set: l.bannerSet, gone: l.bannerGone },
    },
  };
}

async function show(visit: Visit, card: Profile, wrong: Wrong): Promise<void> {
  const { t, acting } = visit;
  const status = Object.keys(wrong).length === 0 ? 200 : 422;
  const [fields, seen] = [await ownFields(acting.read), await seenParts(acting.read)];
  const chosen = [...fields.map((field) => field.seen), ...Object.values(seen)];
  const around = await choices(acting, chosenIds(...chosen));
  const { audiences, people } = around;
  const main = (
    <>
      <AsBar t={t} who="stranger" path="/" audiences={audiences} people={people} />
      <TextForm visit={visit} card={card} wrong={wrong} />
      <PictureForm visit={visit} which="picture" mediaId={card.pictureId} wrong={wrong} />
      <PictureForm visit={visit} which="banner" mediaId={card.bannerId} wrong={wrong} />
      <LineList visit={visit} fields={fields} around={around} />
      <SeenList visit={visit} seen={seen} around={around} />
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

type PictureProps = { visit: Visit; which: Which; mediaId: string; wrong: Wrong };

function PictureForm({ visit: { t, token }, which, mediaId, wrong }: PictureProps) {
  const words = pictureWords(t)[which];
  return (
    <Form action={`/settings/${which}`} token={token} class="card roomy stack" files>
      <div class="row start">
        {mediaId === "" ? null : <Current which={which} mediaId={mediaId} />}
        <div class="grow">
          <Field id={which} label={words.label} hint={words.hint} wrong={wrong[which]}>
            {(ids) => (
              <input
                id={which}
                name={which}
                type="file"
                accept="image/jpeg,image/png,image/webp"
                aria-describedby={ids}
                aria-invalid={wrong[which] === undefined ? undefined : "true"}
              />
            )}
          </Field>
        </div>
      </div>
      <div class="row end">
        {mediaId === "" ? null : (
          <button class="btn bare" type="submit" name="do" value="remove">
            {words.remove}
          </button>
        )}
        <button class="btn" type="submit" name="do" value="use" data-busy>
          <Icon name="image" />
          {words.go}
        </button>
      </div>
    </Form>
  );
}

function Current({ which, mediaId }: { which: Which; mediaId: string }) {
  const src = `/media/${mediaId}`;
  return which === "picture" ? (
    <span class="face xl" aria-hidden="true">
      <img src={src} alt="" width="96" height="96" />
    </span>
  ) : (
    <img class="banner" src={src} alt="" width="300" height="80" />
  );
}
