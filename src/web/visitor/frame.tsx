import type { ComponentChildren } from "preact";
import type { PersonView } from "../../social/people/view.ts";
import type { ProfileCard } from "../../social/profile/card.ts";
import { Document, type Language } from "../html/document.tsx";
import { Mark } from "../html/icon.tsx";
import type { Messages } from "../messages/en.ts";
import { Foot, ReadingAs } from "./reading.tsx";

type Frame = { t: Messages; lang: Language; title: string; name: string; children: ComponentChildren };

/** What anybody sees: no script, nothing from elsewhere, complete without a single picture. */
export function VisitorPage({ t, lang, title, name, children }: Frame) {
  return (
    <Document lang={lang} title={title} bodyClass="visitor" script={false}>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <header class="topbar">
        <a class="brand" href="/">
          <Mark />
          <bdi>{name}</bdi>
        </a>
        <a class="btn push" href="/#subscribe">
          {t.visitor.subscribe}
        </a>
      </header>
      <main class="main" id="main">
        <ReadingAs t={t} owner={name} />
        {children}
      </main>
      <footer>
        <Foot t={t} owner={name} />
      </footer>
    </Document>
  );
}

export type Common = { t: Messages; lang: Language; now: number; owner: PersonView };

/** The owner's picture is served by its own id, and only while it is the picture. */
export function pictured(owner: PersonView, card: ProfileCard): PersonView {
  return card.pictureId === ""
    ? { ...owner, pictureUrl: "" }
    : { ...owner, id: card.pictureId, pictureUrl: "own" };
}
