import type { wordsEn } from "./words-en.ts";

export const wordsDe: typeof wordsEn = {
  tags: {
    title: "Hashtag",
    empty: "Hier ist kein Beitrag mit diesem Hashtag.",
    hint: "Beiträge damit, die auf diesem Gerät sind, neueste zuerst.",
    visitorHint: (name) => `Was ${name} mit diesem Hashtag für alle geschrieben hat.`,
  },
  language: { label: "Sprache", none: "Nicht gesagt" },
  poll: {
    title: "Umfrage",
    add: "Umfrage",
    hint: "2 bis 6 Antworten. Leere Zeilen zählen nicht.",
    option: (n) => `Antwort ${n}`,
    multiple: "Mehrere Antworten können gewählt werden",
    ends: "Sie endet nach",
    after: (hours) =>
      hours < 24
        ? hours === 1
          ? "1 Stunde"
          : `${hours} Stunden`
        : hours === 24
          ? "1 Tag"
          : `${hours / 24} Tagen`,
    resets: "Andere Antworten sind eine andere Frage: Die Stimmen bis dahin sind dann weg.",
    vote: "Abstimmen",
    choose: "Wähle eine Antwort",
    chooseSome: "Wähle eine oder mehrere Antworten",
    yours: "deine Wahl",
    votes: (n) => (n === 1 ? "1 Stimme" : `${n} Stimmen`),
    voters: (n) => (n === 1 ? "1 Person hat abgestimmt" : `${n} Personen haben abgestimmt`),
    endsAt: "Endet",
    over: "Sie ist vorbei.",
    voted: "Deine Stimme geht an die Person, die gefragt hat.",
    onlyAuthor: "Wer gefragt hat, erfährt, was du wählst.",
  },
  emoji: {
    title: "Deine Emoji",
    hint: (n) => (n === 0 ? "Noch keine" : `${n} von 50`),
    lead: "Kleine eigene Bilder. Schreib :name: in einen Beitrag, und wer ihn liest, sieht das Bild.",
    name: "Kurzer Name",
    nameHint: "Buchstaben, Ziffern und _, ohne Doppelpunkte.",
    picture: "Bild",
    pictureHint:
      "JPEG, PNG oder WebP, höchstens 20 MB. Es wird neu gemacht und verrät nichts über deine Kamera.",
    add: "Hinzufügen",
    remove: (name) => `${name} entfernen`,
    none: "Wähle zuerst ein Bild.",
    gone: "Es ist entfernt. Beiträge damit zeigen seinen Namen.",
  },
  history: {
    title: "Fassungen",
    heading: "Was dieser Beitrag sagte",
    first: "Wie zuerst geschrieben",
    now: "Wie er jetzt ist",
    changed: "Geändert",
    warning: "Warnung",
    added: "hinzugefügt",
    removed: "entfernt",
    lead: "Unterstrichenes kam dazu, Durchgestrichenes fiel weg.",
  },
};
