import type { Messages } from "./en.ts";

const replies = (n: number) => (n === 1 ? "1 Antwort" : `${n} Antworten`);

export const threadsDe: Pick<Messages, "thread"> = {
  thread: {
    mayBeMore: "Es kann mehr Antworten geben",
    notFetched: (n) => `${replies(n)} nicht geholt`,
    allHere: "Alle Antworten, von denen wir wissen, sind hier.",
    look: "Nach mehr Antworten suchen",
    fetch: "Holen",
    again: "Noch einmal suchen",
    looking: "Wir suchen nach mehr Antworten. Das kann einige Minuten dauern.",
    left: (n) => `Wir holen Antworten: noch ${n}.`,
    show: "Zeigen, was bisher kam",
    lookedAt: "Zuletzt gesucht:",
    neverRead: "Bisher konnten wir niemanden fragen.",
    off: (n) =>
      n === 1
        ? "1 davon ist auf einem Gerät, das aus ist. Wir versuchen es eine Woche lang wieder."
        : `${n} davon sind auf Geräten, die aus sind. Wir versuchen es eine Woche lang wieder.`,
    listOff:
      "Einige Geräte, die von Antworten wissen können, sind aus. Wir versuchen es eine Woche lang wieder.",
    outside: (n) =>
      n === 1
        ? "1 davon ist außerhalb des Onion-Netzes, wohin du uns nicht gelassen hast."
        : `${n} davon sind außerhalb des Onion-Netzes, wohin du uns nicht gelassen hast.`,
    listOutside: "Wer von Antworten weiß, ist außerhalb des Onion-Netzes, wohin du uns nicht gelassen hast.",
    listRefused: "Eine Liste von Antworten ließ sich nicht lesen.",
    gone: (n) =>
      n === 1
        ? "1 weitere wurde gelöscht oder ist nicht für dich."
        : `${n} weitere wurden gelöscht oder sind nicht für dich.`,
    cut: "Es wurden mehr Antworten genannt, als wir auf einmal lesen.",
    earlier: "Was vorher in diesem Gespräch steht",
    deeper: "Die Antworten darauf gehen weiter",
    more: "Mehr Antworten",
    first: "Zu den ersten Antworten",
  },
};
