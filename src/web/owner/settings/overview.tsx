import { ownEmojis } from "../../../social/emojis/own-emojis.ts";
import { moving } from "../../../social/moving/moving.ts";
import { listWords } from "../../../social/muting/list-words.ts";
import { profile } from "../../../social/profile/profile.ts";
import { lastBackup } from "../../../social/settings/backups.ts";
import { listTokens } from "../../../social/tokens/tokens.ts";
import { shortAddress } from "../../html/face.tsx";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { MenuList } from "../../html/menu-list.tsx";
import { addressWords } from "../../html/moved.tsx";
import { networkWords } from "../../html/network-words.ts";
import { day, size } from "../../html/time.tsx";
import type { Kit, Visit } from "../kit.ts";
import { readPreferences } from "../preferences.ts";

/** Each setting with what it is now, so that most questions are answered without opening it. */
export async function showOverview(kit: Kit, visit: Visit): Promise<void> {
  const { acting, t, token, lang } = visit;
  const { read, me } = acting;
  const s = t.settings;
  const emojis = await ownEmojis(read, me);
  const [card, tokens, storage, { idleMinutes }, words, { to }, backedUp] = await Promise.all([
    profile(read, me),
    listTokens(read),
    acting.storage(),
    readPreferences(acting),
    listWords(read),
    moving(read, me),
    lastBackup(read),
  ]);
  await visit.show({
    title: s.title,
    current: "settings",
    main: (
      <>
        <div class="page-head">
          <h1>{s.title}</h1>
        </div>
        <MenuList
          label={s.all}
          items={[
            { path: "/settings/profile", icon: "pen", name: s.profile, hint: s.profileHint },
            {
              path: "/settings/requests",
              icon: "people",
              name: s.requests,
              hint: card.requestsAuto ? s.requestsAuto : s.requestsAsk,
            },
            {
              path: "/settings/seen",
              icon: "r-some",
              name: t.audiences.defaults,
              hint: t.audiences.defaultsHint,
            },
            { path: "/settings/messages", icon: "message", name: t.talk.settings, hint: t.talk.settingsHint },
            { path: "/settings/gnupg", icon: "key", name: t.gnupg.title, hint: t.gnupg.hint },
            { path: "/settings/words", icon: "eye", name: t.words.title, hint: t.words.hint(words.length) },
            { path: "/settings/reports", icon: "warn", name: t.report.listTitle, hint: t.report.listHint },
            {
              path: "/settings/moving",
              icon: "swap",
              name: t.moving.title,
              hint: to === null ? t.moving.hint : t.moving.hintMoved(shortAddress(addressWords(to))),
            },
            {
              path: "/settings/language",
              icon: "globe",
              name: s.language,
              hint: `${lang === "de" ? "Deutsch" : "English"}. ${s.languageHint}`,
            },
            {
              path: "/settings/emoji",
              icon: "heart",
              name: t.emoji.title,
              hint: t.emoji.hint(emojis.length),
            },
            { path: "/settings/passphrase", icon: "key", name: s.passphrase, hint: s.passphraseHint },
            {
              path: "/settings/backup",
              icon: "copy",
              name: t.backup.title,
              hint: backedUp === null ? t.backup.hint : t.backup.hintLast(day(t, backedUp)),
            },
            { path: "/settings/locking", icon: "lock", name: s.idle, hint: s.idleNow(idleMinutes) },
            {
              path: "/connecting",
              icon: "swap",
              name: s.connection,
              hint: networkWords(t, kit.ports.network()),
            },
            { path: "/settings/health", icon: "check", name: t.health.title, hint: t.health.hint },
            { path: "/settings/away", icon: "clock", name: t.away.title, hint: t.away.hint },
            { path: "/settings/outside", icon: "globe", name: t.outside.title, hint: t.outside.hint },
            { path: "/settings/apps", icon: "phone", name: s.apps, hint: s.appsHint(tokens.length) },
            {
              path: "/settings/storage",
              icon: "down",
              name: s.storage,
              hint: size(t, storage.database + storage.media),
            },
          ]}
        />
        <section class="card stack" aria-labelledby="leave">
          <h2 id="leave">{s.leave}</h2>
          <Form action="/lock" token={token} class="row">
            <button class="btn" type="submit">
              <Icon name="lock" />
              {s.lock}
            </button>
            <span class="small muted grow">{s.lockHint}</span>
          </Form>
          <Form action="/seal" token={token} class="row">
            <button class="btn risk" type="submit">
              <Icon name="stop" />
              {s.seal}
            </button>
            <span class="small muted grow">{s.sealHint}</span>
          </Form>
        </section>
        <p class="small muted">TSSOP {kit.ports.version}</p>
      </>
    ),
  });
}
