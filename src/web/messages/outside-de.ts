import type { outsideEn } from "./outside-en.ts";

export const outsideDe: typeof outsideEn = {
  outside: {
    title: "Server draußen",
    hint: "Wohin TSSOP über das Onion-Netz hinaus darf",
    lead: "Leute auf gewöhnlichen Servern haben Adressen wie anna@mastodon.example. TSSOP erreicht so einen Server durch einen Tor-Ausgang, mit geprüftem Zertifikat. Wo du bist, erfährt er nicht. Er erfährt deine Onion-Adresse und dass du TSSOP benutzt, und wer ihn betreibt, kann lesen, was du mit Leuten dort austauschst.",
    question: (host) =>
      `${host} liegt außerhalb des Onion-Netzes. Wir erreichen den Server durch einen Tor-Ausgang, und er erfährt deine Onion-Adresse. Erlauben?`,
    asks: "Wartet auf deine Entscheidung",
    asksNone: "Nichts wartet auf eine Entscheidung.",
    claims: "Etwas von dort will dich erreichen, oder du hast dort jemanden gesucht.",
    allow: "Erlauben",
    refuse: "Nicht erlauben",
    allowed: "Erlaubt",
    allowedNone: "Noch kein Server. TSSOP bleibt im Onion-Netz.",
    refused: "Nicht erlaubt",
    stop: "Nicht mehr dorthin gehen",
    since: (when) => `Seit ${when}`,
    allowedNow: (host) => `TSSOP darf jetzt zu ${host}.`,
    refusedNow: (host) => `TSSOP geht nicht zu ${host}.`,
    more: "Weitere Server",
  },
};
