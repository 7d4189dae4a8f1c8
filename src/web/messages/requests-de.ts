import type { requestsEn } from "./requests-en.ts";

const people = (n: number) => (n === 1 ? "1 Person" : `${n} Leute`);

export const requestsDe: typeof requestsEn = {
  requests: {
    title: "Anfragen",
    lead: "Leute, die du nicht kennst, warten hier, ganz still: kein Ton, keine Bilder, höchstens 200. Niemand erfährt, dass du abgelehnt hast, was er schrieb.",
    full: "200 Leute warten; wer jetzt kommt, wird gebeten, es später noch einmal zu versuchen.",
    none: "Niemand wartet.",
    from: (name: string) => `Anfrage von ${name}`,
    asks: "Möchte dich abonnieren",
    wrote: "Hat dir geschrieben",
    both: "Möchte dich abonnieren und hat dir geschrieben",
    showAll: "Alles zeigen",
    noWords: "Es stehen keine Worte darin.",
    accept: "Annehmen",
    decline: "Ablehnen",
    more: (name: string) => `Mehr zur Anfrage von ${name}`,
    block: "Diese Person blockieren",
    blockHost: "Diese ganze Adresse blockieren",
    blockHostHint: "Von dort erreicht dich niemand mehr",
    declineAll: (n: number) => `Alle ablehnen: ${people(n)}`,
    declineAllSure: "Alle werden abgelehnt. Das lässt sich nicht rückgängig machen.",
    declinedAll: (n: number) => `Abgelehnt: ${people(n)}.`,
    open: "Anfragen öffnen",
    waiting: (n: number) => (n === 1 ? "1 Person wartet" : `${n} Leute warten`),
  },
  hosts: {
    heading: "Blockierte Adressen",
    lead: "Von diesen Adressen erreicht dich niemand, und dorthin geht nichts.",
    undo: "Aufheben",
    undone: "Diese Adresse darf dich wieder erreichen.",
    blocked: "Blockiert. Von dort erreicht dich niemand mehr.",
  },
  invitation: {
    heading: "Jemanden einladen",
    lead: "Eine Adresse mit einer Einladung gilt für eine Person und 7 Tage lang. Wer damit abonniert, wird sofort eingelassen.",
    make: "Einladung machen",
    yours: "Deine Einladung",
    once: "Sie wird nur dieses eine Mal gezeigt. Gib sie nur einer Person.",
    copy: "Einladung kopieren",
    copied: "Kopiert",
    qrAlt: "Der Code dieser Einladung",
  },
};
