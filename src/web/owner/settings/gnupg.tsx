import type { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { destroyGnupgKeys, gnupgKey, gnupgKeys, makeGnupgKeys } from "../../../social/messages/keys/gnupg.ts";
import { gnupgAddress } from "../../../social/messages/keys/gnupg-address.ts";
import { armouredCertificateOf, lockedKey } from "../../../social/messages/pgp/own-key.ts";
import { Form, PassphraseField, ShowTyped, Strength } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Note } from "../../html/note.tsx";
import { day } from "../../html/time.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { settingPage } from "./setting-page.tsx";

const PAGE = "/settings/gnupg";

/** The second key, for people who use GnuPG: made, handed on, taken along, destroyed. */
export function gnupgRoutes(kit: Kit, router: Router): void {
  kit.get(router, PAGE, (visit) => show(visit));
  kit.post(router, PAGE, async (visit) => {
    const { acting, now, t } = visit;
    await acting.transact((tx) => makeGnupgKeys(tx, acting.me, now));
    visit.go(PAGE, t.gnupg.made);
  });
  kit.get(router, `${PAGE}/certificate`, saveCertificate);
  kit.post(router, `${PAGE}/secret`, (visit) => saveSecret(kit, visit));
  kit.get(router, `${PAGE}/destroy`, confirmDestroying);
  kit.post(router, `${PAGE}/destroy`, async (visit) => {
    await visit.acting.transact(destroyGnupgKeys);
    visit.go(PAGE, visit.t.gnupg.destroyed);
  });
}

async function saveCertificate(visit: Visit): Promise<void> {
  const keys = await gnupgKeys(visit.acting.read);
  if (keys === null) return visit.go(PAGE);
  save(visit, `${visit.acting.me.handle}.asc`, await armouredCertificateOf(keys));
}

/** As for the own passphrase: what is weaker is guessed in no time, once somebody has the file. */
const WEAKEST = 2;

/**
 * The passphrase is asked for again: whoever sits down at an open page takes no key along. The file gets another one: at a file passphrases
 * are tried much faster than at this device, and what is found there must not open the rest.
 */
async function saveSecret(kit: Kit, visit: Visit): Promise<void> {
  const { acting, fields, t } = visit;
  const keys = await gnupgKeys(acting.read);
  if (keys === null) return visit.go(PAGE);
  const [passphrase, another] = [fields.text("passphrase"), fields.text("another")];
  if (another === passphrase) return show(visit, { another: t.gnupg.anotherSame });
  if (kit.ports.strength(another).score < WEAKEST) return show(visit, { another: t.start.weak });
  try {
    await kit.ports.unlock(passphrase);
  } catch (thrown) {
    if (!(thrown instanceof NodeError)) throw thrown;
    if (thrown.code !== "wrong-passphrase" && thrown.code !== "wait-before-retry") throw thrown;
    return show(visit, { passphrase: sentence(t, thrown) });
  }
  save(visit, `${acting.me.handle}-secret.asc`, await lockedKey(keys, another));
}

/** `name`: a handle with an ending, so only letters that a header bears. */
function save({ res }: Visit, name: string, armoured: string): void {
  res.setHeader("Content-Type", "application/pgp-keys");
  res.setHeader("Content-Disposition", `attachment; filename="${name}"`);
  res.end(armoured);
}

type Wrong = { passphrase?: string; another?: string };

async function show(visit: Visit, wrong: Wrong = {}): Promise<void> {
  const { acting, t, token, now } = visit;
  const key = await gnupgKey(acting.read, now);
  const main =
    key === null ? (
      <NotMade t={t} token={token} />
    ) : (
      <>
        <Made t={t} {...key} now={now} address={gnupgAddress(acting.me)} />
        <InOwnGnupg t={t} token={token} wrong={wrong} />
        <section class="card roomy stack" aria-labelledby="destroy-h">
          <h2 id="destroy-h">{t.gnupg.destroy}</h2>
          <p class="muted">{t.gnupg.destroyHint}</p>
          <p>
            <a class="btn risk" href={`${PAGE}/destroy`}>
              <Icon name="bin" />
              {t.gnupg.destroy}
            </a>
          </p>
        </section>
      </>
    );
  await visit.show(settingPage(visit, t.gnupg.title, main, Object.keys(wrong).length === 0 ? 200 : 422));
}

function NotMade({ t, token }: Pick<Visit, "t" | "token">) {
  const g = t.gnupg;
  return (
    <Form action={PAGE} token={token} class="card roomy stack">
      <p>{g.lead}</p>
      <h2>{g.cost}</h2>
      <Note tone="warn" icon="warn">
        <p>{g.costLead}</p>
      </Note>
      <p class="muted">{g.seen}</p>
      <div class="row end">
        <button class="btn main-do" type="submit" data-busy>
          <Icon name="key" />
          {g.make}
        </button>
      </div>
    </Form>
  );
}

type MadeProps = Pick<Visit, "t" | "now"> & { fingerprint: string; goodUntil: number; address: string };

function Made({ t, now, fingerprint, goodUntil, address }: MadeProps) {
  const g = t.gnupg;
  return (
    <section class="card roomy stack" aria-labelledby="key-h">
      <h2 id="key-h">{g.yours}</h2>
      {goodUntil > now ? (
        <p>{g.until(day(t, goodUntil))}</p>
      ) : (
        <Note tone="warn" icon="clock">
          <p>{g.over}</p>
        </Note>
      )}
      <h3>{g.fingerprint}</h3>
      <p class="mono" dir="ltr">
        {fingerprint.toUpperCase().match(/.{4}/g)?.join(" ")}
      </p>
      <p class="hint">{g.fingerprintHint}</p>
      <p class="row">
        <a class="btn main-do" href={`${PAGE}/certificate`} download>
          <Icon name="down" />
          {g.save}
        </a>
      </p>
      <p class="hint">{g.saveHint}</p>
      <h3>{g.fetch}</h3>
      <p class="mono" dir="ltr">
        gpg --fetch-keys {address}
      </p>
      <p class="hint">{g.fetchHint}</p>
      <p class="small muted">{g.costLead}</p>
    </section>
  );
}

type OwnProps = Pick<Visit, "t" | "token"> & { wrong: Wrong };

function InOwnGnupg({ t, token, wrong }: OwnProps) {
  const g = t.gnupg;
  return (
    <section class="card roomy stack" aria-labelledby="own-h">
      <h2 id="own-h">{g.own}</h2>
      <p>{g.ownLead}</p>
      <p class="muted">{g.ownCost}</p>
      <Form action={`${PAGE}/secret`} token={token} class="stack">
        <PassphraseField id="passphrase" label={g.passphrase} wrong={wrong.passphrase} current />
        <div class="stack tight">
          <PassphraseField
            id="another"
            label={g.another}
            hint={g.anotherHint}
            wrong={wrong.another}
            meter="another-m"
          />
          <Strength t={t} id="another-m" score={null} />
        </div>
        <ShowTyped t={t} />
        <div class="row end">
          <button class="btn" type="submit">
            <Icon name="key" />
            {g.ownSave}
          </button>
        </div>
      </Form>
    </section>
  );
}

async function confirmDestroying(visit: Visit): Promise<void> {
  const { acting, t, token } = visit;
  if ((await gnupgKeys(acting.read)) === null) return visit.go(PAGE);
  const g = t.gnupg;
  const main = (
    <Form action={`${PAGE}/destroy`} token={token} class="card roomy stack">
      <p>{g.destroyOpens}</p>
      <p>{g.destroyOthers}</p>
      <p>{g.destroyStays}</p>
      <div class="row end">
        <a class="btn" href={PAGE}>
          {t.back}
        </a>
        <button class="btn risk" type="submit">
          <Icon name="bin" />
          {g.destroyGo}
        </button>
      </div>
    </Form>
  );
  await visit.show(settingPage(visit, g.destroy, main, 200, { path: PAGE, name: g.title }));
}
