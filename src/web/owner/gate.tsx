import type { Language } from "../html/document.tsx";
import { FormToken, PassphraseField, ShowTyped } from "../html/form.tsx";
import { GatePage, OtherLanguage } from "../html/gate-page.tsx";
import { Note } from "../html/note.tsx";
import type { Messages } from "../messages/en.ts";
import type { Phase } from "../ports.ts";
import { KeptField } from "./kept.tsx";

type Common = { t: Messages; lang: Language };

type UnlockProps = Common & {
  token: string;
  phase: Phase;
  /** Milliseconds until a try counts. */
  wait: number;
  wrong?: "wrong" | "early";
  /** Where to go on after unlocking. */
  to: string;
  /** What was typed before, sealed. */
  kept: string | null;
  /** A file was chosen, which no hidden field can carry. */
  lostFile?: boolean;
};

/** Knows no name and no face: it could not. The wait is said in words, and nothing counts down. */
export function UnlockPage(props: UnlockProps) {
  const { t, lang, token, phase, wait, wrong, to, kept, lostFile = false } = props;
  const lead = { sealed: t.unlock.lead, "screen-locked": t.unlock.leadScreen, open: t.unlock.leadEnter };
  const hint =
    wait > 0 ? t.unlock.wait(inWords(t, wait)) : wrong === undefined ? undefined : t.unlock.wrongMore;
  const said = wrong === undefined ? undefined : wrong === "early" ? t.unlock.early : t.unlock.wrong;
  return (
    <GatePage
      t={t}
      lang={lang}
      title={t.unlock.title}
      pane={t.unlock.pane}
      paneSmall={t.unlock.paneSmall}
      end={kept === null ? <OtherLanguage t={t} lang={lang} /> : undefined}
    >
      <div>
        <h1>{t.unlock.heading}</h1>
        <p class="lead">{phase === "screen-locked" || phase === "open" ? lead[phase] : lead.sealed}</p>
      </div>
      {kept === null && !lostFile ? null : (
        <Note tone="calm" icon="pen">
          <p>{lostFile ? t.unlock.keptNoFile : t.unlock.kept}</p>
        </Note>
      )}
      <form class="stack" method="post" action="/unlock">
        <FormToken token={token} />
        <input type="hidden" name="lang" value={lang} />
        <input type="hidden" name="to" value={to} />
        <KeptField sealed={kept} />
        <PassphraseField id="passphrase" label={t.unlock.label} wrong={said} hint={hint} current />
        <ShowTyped t={t} />
        <button class="btn main-do big full" type="submit">
          {t.unlock.go}
        </button>
      </form>
      <details class="fold">
        <summary>{t.unlock.forgot}</summary>
        <p>{t.unlock.forgotMore}</p>
      </details>
    </GatePage>
  );
}

function inWords(t: Messages, ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 100 ? t.unlock.seconds(seconds) : t.unlock.minutes(Math.ceil(seconds / 60));
}

/** Keys are being made or tried: comes back by itself. */
export function WorkingPage({ t, lang, heading }: Common & { heading: string }) {
  return (
    <GatePage
      t={t}
      lang={lang}
      title={t.start.workingTitle}
      pane={t.start.pane}
      paneSmall={t.start.paneSmall}
      refresh={2}
      state="waiting"
    >
      <div role="status">
        <h1>{heading}</h1>
        <p class="lead">{t.start.workingLead}</p>
      </div>
      <progress aria-label={heading} />
    </GatePage>
  );
}
