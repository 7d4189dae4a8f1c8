import type { Router } from "express";
import { lacksOldKey } from "../../../social/messages/elsewhere/lacks-old-key.ts";
import { comparedWith } from "../../../social/messages/keys/compared.ts";
import { theyDiffer, theyMatch } from "../../../social/messages/keys/decide.ts";
import { type KeyView, keysOf } from "../../../social/messages/keys/history.ts";
import { type KeyWordRow, keyWordsOf } from "../../../social/messages/keys/word-queries.ts";
import { conversationWith } from "../../../social/messages/list.ts";
import type { ConversationView, Trust } from "../../../social/messages/view.ts";
import { OldKeyNote } from "../../html/elsewhere.tsx";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { Digits, KeyNote, TrustTag } from "../../html/key-note.tsx";
import { PageHead } from "../../html/page-head.tsx";
import { PasteKey } from "../../html/paste-key.tsx";
import { day } from "../../html/time.tsx";
import type { Messages } from "../../messages/en.ts";
import type { Kit, Visit } from "../kit.ts";

/** Whether it is really them: the number both read to each other, and every key that was ever seen. */
export function messageKeyRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/messages/:person/verify", (visit) => showKey(visit));
  kit.post(router, "/messages/:person/verify", async (visit) => {
    const { acting, fields, part, now, t } = visit;
    const [personId, key] = [part("person"), fields.text("key")];
    if (fields.text("do") === "match") {
      await acting.transact((tx) => theyMatch(tx, personId, key, "number", now));
      return visit.go(`/messages/${personId}#say`, t.talk.keyMatched);
    }
    const wasUsed = (await keysOf(acting.read, personId)).some(
      ({ fingerprint, state }) => fingerprint === key && state === "used",
    );
    await acting.transact((tx) => theyDiffer(tx, personId, key));
    visit.go(`/messages/${personId}/verify`, wasUsed ? t.talk.verifyUnsure : t.talk.keyDiffered);
  });
}

/** `wrong`: what is not right with a key that was given. */
export async function showKey(visit: Visit, wrong?: string): Promise<void> {
  const { acting, t, token, part, now } = visit;
  const { read, me } = acting;
  const one = await conversationWith(read, me, part("person"), now);
  const { person, trust, way } = one;
  const digits = await comparedWith(read, me, one);
  const keys = await keysOf(read, person.id);
  const words = await keyWordsOf(read, person.id);
  await visit.show({
    title: t.talk.title,
    current: "messages",
    status: wrong === undefined ? 200 : 422,
    main: (
      <>
        <PageHead up={`/messages/${person.id}`} back={t.talk.back}>
          <Isolated words={t.talk.verifyHeading(isolate(person.name))} />
        </PageHead>
        {trust.kind === "changed" ? (
          <KeyNote t={t} token={token} one={one} digits={digits} heading="h2" />
        ) : (
          <Certainty {...{ t, token, one, digits }} />
        )}
        <Others t={t} words={words} personId={person.id} trust={trust} />
        {way === "sealed" || way === "unknown" ? <OrTogether t={t} /> : null}
        {way === "mail" && (await lacksOldKey(read, person.id)) ? <OldKeyNote t={t} one={one} /> : null}
        {way === "mail" || way === "open" ? <PasteKey {...{ t, token, wrong }} personId={person.id} /> : null}
        <History t={t} keys={keys} />
        <p>
          <a href={`/messages/${person.id}/clear`}>{t.talk.clearLink}</a>
        </p>
      </>
    ),
  });
}

type CertaintyProps = { t: Messages; token: string; one: ConversationView; digits: string[] | null };

function Certainty({ t, token, one: { person, trust, way }, digits }: CertaintyProps) {
  const k = t.talk;
  const elsewhere = way === "mail" || way === "open" ? t.elsewhere : null;
  if (digits === null || trust.kind === "none" || trust.kind === "changed")
    return <p class="card roomy">{(elsewhere ?? k).verifyNone}</p>;
  const isVerified = trust.kind === "verified";
  return (
    <section class="card roomy stack">
      <p class="row">
        <TrustTag t={t} trust={trust} />
        <span>
          {isVerified
            ? k.verifyDone(k.verifiedHow[trust.how], day(t, trust.at))
            : k.verifyPinned(day(t, trust.since))}
        </span>
      </p>
      <p>{(elsewhere ?? k).verifyLead}</p>
      <Digits digits={digits} />
      <Form action={`/messages/${person.id}/verify`} token={token} class="row">
        <input type="hidden" name="key" value={trust.fingerprint} />
        <button class="btn main-do" type="submit" name="do" value="match">
          {(elsewhere ?? k).keyMatch}
        </button>
        <button class="btn risk" type="submit" name="do" value="differ">
          {isVerified ? k.verifyNo : (elsewhere ?? k).keyDiffer}
        </button>
      </Form>
    </section>
  );
}

function OrTogether({ t }: { t: Messages }) {
  return (
    <section class="card stack">
      <h2>{t.together.orHere}</h2>
      <p>
        <a class="btn" href="/together">
          <Icon name="qr" />
          {t.together.orHereGo}
        </a>
      </p>
    </section>
  );
}

type OthersProps = { t: Messages; words: KeyWordRow[]; personId: string; trust: Trust };

/** What a card said, and people whom the owner verified. */
function Others({ t, words, personId, trust }: OthersProps) {
  const k = t.together;
  if (words.length === 0 || trust.kind === "none") return null;
  return (
    <ul class="list">
      {words.map(({ byId, name, fingerprint }) => {
        const same = fingerprint === (trust.kind === "changed" ? trust.offered : trust.fingerprint);
        const says =
          byId === personId
            ? same
              ? k.cardSame
              : k.cardOther
            : (same ? k.vouchSame : k.vouchOther)(isolate(name));
        return (
          <li>
            <Icon name={same ? "check" : "warn"} /> <Isolated words={says} />
          </li>
        );
      })}
    </ul>
  );
}

function History({ t, keys }: { t: Messages; keys: KeyView[] }) {
  const k = t.talk;
  if (keys.length === 0) return null;
  return (
    <details class="fold">
      <summary>{k.historyHeading}</summary>
      <ul class="list">
        {keys.map(({ fingerprint, state, firstSeenAt, verified, verifiedAt }) => (
          <li>
            <b>{k.historyStates[state]}</b>{" "}
            <span class="small muted">
              {k.historySeen(day(t, firstSeenAt))}
              {verified === "" ? "" : ` · ${k.verifyDone(k.verifiedHow[verified], day(t, verifiedAt))}`}
            </span>
            <p class="mono small" dir="ltr">
              {fingerprint.match(/.{4}/g)?.join(" ")}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
