import type { ComponentChildren } from "preact";
import type { Messages } from "../messages/en.ts";
import { Document, type Language } from "./document.tsx";
import { Mark } from "./icon.tsx";

type GatePageProps = {
  t: Messages;
  lang: Language;
  title: string;
  pane: string;
  paneSmall: string;
  refresh?: number | undefined;
  /** "open": the keys are here, the page may follow what happens. */
  state?: "open" | "waiting" | "locked";
  /** What stands at the end of the head: a way to the other language, or onward. */
  end?: ComponentChildren;
  children: ComponentChildren;
};

/** First start, unlock, connecting: pages that know nobody's name yet. */
export function GatePage(props: GatePageProps) {
  const { t, lang, title, pane, paneSmall, refresh, state = "locked", end, children } = props;
  return (
    <Document lang={lang} title={title} bodyClass="gate" refresh={refresh} state={state}>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <header class="topbar">
        <span class="brand">
          <Mark />
          TSSOP
        </span>
        {end}
      </header>
      <aside class="art-pane" aria-label={t.about}>
        <p>{pane}</p>
        <Mark art />
        <p class="small">{paneSmall}</p>
      </aside>
      <main class="main" id="main">
        {children}
      </main>
    </Document>
  );
}

/** Before anybody could choose a language in the settings. */
export function OtherLanguage({ t, lang }: { t: Messages; lang: Language }) {
  const other = lang === "en" ? "de" : "en";
  return (
    <a class="btn bare push" href={`?lang=${other}`} lang={other} hreflang={other}>
      {t.otherLanguage}
    </a>
  );
}
