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
  /** A way to the other language, before anybody could choose one. */
  otherLanguage?: boolean;
  children: ComponentChildren;
};

/** First start, unlock, connecting: pages that know nobody's name yet. */
export function GatePage({ t, lang, title, pane, paneSmall, refresh, otherLanguage = false, children }: GatePageProps) {
  const other = lang === "en" ? "de" : "en";
  return (
    <Document lang={lang} title={title} bodyClass="gate" refresh={refresh}>
      <header class="topbar">
        <span class="brand">
          <Mark />
          TSSOP
        </span>
        {otherLanguage ? (
          <a class="btn bare push" href={`?lang=${other}`} lang={other} hreflang={other}>
            {t.otherLanguage}
          </a>
        ) : null}
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
