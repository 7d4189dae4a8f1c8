import type { Language } from "../html/document.tsx";
import { Field, FormToken, PassphraseField, ShowTyped, Strength } from "../html/form.tsx";
import { GatePage } from "../html/gate-page.tsx";
import { Icon } from "../html/icon.tsx";
import { Note } from "../html/note.tsx";
import type { Messages } from "../messages/en.ts";

type Score = 0 | 1 | 2 | 3 | 4;

export type StartProps = {
  t: Messages;
  lang: Language;
  token: string;
  name: string;
  /** The proposed passphrase: it may be on paper already, so it stays the same through every error. */
  rolled: string;
  /** Of the own passphrase that was just refused or taken; null: none was typed. */
  score: Score | null;
  wrong: { name?: string; own?: string; again?: string; form?: string };
};

/** The first page of all: a name and a passphrase, and that is everything. */
export function StartPage(props: StartProps) {
  const { t, lang, token, name, rolled, wrong } = props;
  return (
    <GatePage
      t={t}
      lang={lang}
      title={t.start.title}
      pane={t.start.pane}
      paneSmall={t.start.paneSmall}
      end={<LanguageButton t={t} lang={lang} />}
    >
      <div>
        <h1>{t.start.heading}</h1>
        <p class="lead">{t.start.lead}</p>
      </div>
      {wrong.form === undefined ? null : (
        <Note tone="stop" icon="warn">
          <p>{wrong.form}</p>
        </Note>
      )}
      <form class="stack loose" id="start" method="post" action="/start" autocomplete="off">
        <FormToken token={token} />
        <input type="hidden" name="lang" value={lang} />
        <input type="hidden" name="rolled" value={rolled} />
        <Field id="name" label={t.start.name} hint={t.start.nameHint} wrong={wrong.name}>
          {(describedBy) => (
            <input
              id="name"
              name="name"
              autocomplete="off"
              required
              maxlength={64}
              value={name}
              dir="auto"
              aria-describedby={describedBy}
              aria-invalid={wrong.name === undefined ? undefined : "true"}
            />
          )}
        </Field>
        <Passphrases {...props} />
        <Note tone="warn" icon="key">
          <p>
            <b>{t.start.warning}</b> {t.start.warningMore}
          </p>
        </Note>
        <button class="btn main-do big full" type="submit" name="do" value="go" data-busy>
          {t.start.go}
        </button>
        <a class="btn bare full" href={`/start/restore?lang=${lang}`}>
          {t.backup.have}
        </a>
      </form>
    </GatePage>
  );
}

function Passphrases({ t, rolled, score, wrong }: StartProps) {
  return (
    <>
      <fieldset class="field">
        <legend>{t.start.passphrase}</legend>
        <p class="hint">{t.start.rolled}</p>
        <Phrase text={rolled} />
        <div class="row">
          <button class="btn" type="submit" name="do" value="roll" formnovalidate>
            <Icon name="again" />
            {t.start.roll}
          </button>
          <span class="small muted grow">{t.start.rolledHint}</span>
        </div>
      </fieldset>
      <details class="fold" open={wrong.own !== undefined || score !== null}>
        <summary>{t.start.own}</summary>
        <div class="stack tight">
          <PassphraseField
            id="own"
            label={t.start.ownLabel}
            hint={t.start.ownHint}
            wrong={wrong.own}
            required={false}
            meter="own-m"
          />
          <Strength t={t} id="own-m" score={score} />
        </div>
      </details>
      <div class="stack tight">
        <PassphraseField id="again" label={t.start.again} hint={t.start.againHint} wrong={wrong.again} />
        <ShowTyped t={t} />
      </div>
    </>
  );
}

/** Words that break at their hyphens only. */
export function Phrase({ text }: { text: string }) {
  const words = text.split("-");
  return (
    <output class="phrase" lang="en" translate={false}>
      {words.map((word, at) => (
        <>
          {word}
          {at === words.length - 1 ? null : "-"}
          <wbr />
        </>
      ))}
    </output>
  );
}

/**
 * A button of the form, not a link: what was typed and rolled stays. The hidden one before it is what the Enter key means
 * in this form (HTML, implicit submission: the first button).
 */
function LanguageButton({ t, lang }: { t: Messages; lang: Language }) {
  const other = lang === "en" ? "de" : "en";
  return (
    <>
      <button type="submit" form="start" name="do" value="go" hidden>
        {t.start.go}
      </button>
      <button
        class="btn bare push"
        type="submit"
        form="start"
        name="do"
        value={other}
        lang={other}
        formnovalidate
      >
        {t.otherLanguage}
      </button>
    </>
  );
}
