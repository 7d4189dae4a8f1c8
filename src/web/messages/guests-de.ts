import type { guestsEn } from "./guests-en.ts";

const minutes = (n: number) => (n === 1 ? "1 Minute" : `${n} Minuten`);

export const guestsDe: typeof guestsEn = {
  guests: {
    title: "Gäste",
    lead: "Für Freunde ohne TSSOP: Jeder bekommt einen eigenen, geheimen Link zu deiner Seite, der sich im Tor Browser öffnen lässt. Nimm einen Gast in einen Kreis auf wie jeden anderen, dann liest er, was für diesen Kreis ist. Antworten und reagieren kann er nicht.",
    add: "Ein neuer Gast",
    name: "Für wen ist der Link",
    nameHint: "Für dich und für den Gast: Der Name steht oben auf deiner Seite, während er liest.",
    make: "Link machen",
    list: "Deine Gäste",
    none: "Du hast noch keine Gäste.",
    tag: "Gast",
    never: "Noch nicht geöffnet",
    last: (when: string) => `Zuletzt geöffnet: ${when}`,
    ended: (when: string) => `Beendet: ${when}`,
    oneTitle: "Gast",
    opened: "Was geöffnet wurde",
    openedHint:
      "Jede Seite höchstens einmal in der Stunde. Nur du siehst das, und deinen Gästen wird es gesagt.",
    openedNone: "Noch nichts.",
    what: { profile: "Deine Seite", blog: "Dein Blog", post: "Ein Beitrag" },
    postGone: "Ein Beitrag, den es nicht mehr gibt",
    rename: "Umbenennen",
    renamed: "Umbenannt.",
    renew: "Neuer Link",
    renewHint: "Der bisherige Link öffnet von da an nichts mehr, und wer damit liest, ist sofort draußen.",
    renewEndedHint: "Der Gast kommt wieder herein und ist in denselben Kreisen wie vorher.",
    end: "Link beenden",
    endHint:
      "Wer damit liest, ist sofort draußen. Niemandem wird es gesagt; es sieht aus, als hätte es nie einen Link gegeben.",
    endDone: "Der Link öffnet nichts mehr.",
    linkHeading: (name: string) => `Der Link für ${name}`,
    linkOnce: "Er wird nur dieses eine Mal gezeigt. Geht er verloren, mach einen neuen.",
    linkSecret:
      "Wer diesen Link hat, liest, was er öffnet. Übergib ihn persönlich, oder schick ihn so, dass niemand sonst mitliest.",
    copy: "Link kopieren",
    copied: "Kopiert",
    qrAlt: "Der Code dieses Links",
    goOn: "Zu diesem Gast",
  },
  reading: {
    as: (name: string) => `Du liest als ${name}.`,
    noted: (owner: string) => `${owner} sieht, was mit diesem Link geöffnet wird und wann.`,
    foot: (owner: string) =>
      `Diese Seite kommt direkt vom Gerät von ${owner}, durch Tor. Dazwischen ist nichts.`,
    leave: "Nicht mehr als diese Person lesen",
    welcome: "Komm herein",
  },
  theirPage: {
    heading: "Die eigene Seite",
    lead: (name: string) =>
      `Was ${name} dir zeigt, lässt sich auch auf der eigenen Seite von ${name} lesen, im Tor Browser.`,
    go: (name: string) => `Seite von ${name} im Tor Browser öffnen`,
    title: "Link",
    linkHeading: (name: string) => `Die Seite von ${name}, für dich`,
    linkText: (seconds: number) =>
      `Kopier diesen Link innerhalb von ${minutes(Math.max(1, Math.floor(seconds / 60)))} in den Tor Browser. Er gilt einmal.`,
    torBrowser:
      "Ein gewöhnlicher Browser kann ihn nicht öffnen: Dafür braucht es den Tor Browser, ein eigenes Programm.",
    mine: "Er ist nur für dich: Wer ihn öffnet, liest, was du lesen darfst.",
    copy: "Link kopieren",
    copied: "Kopiert",
    back: (name: string) => `Zurück zu ${name}`,
  },
};
