import type { Messages } from "./en.ts";

export const friendsDe: Pick<Messages, "friends"> = {
  friends: {
    friends: "Befreundet",
    since: (when) => `seit ${when}, von beiden bestätigt`,
    sinceConfirmed: (when) => `seit ${when}, von dir bestätigt`,
    end: "Freundschaft beenden",
    none: "Nicht befreundet",
    ask: "Um Freundschaft bitten",
    askHint: (name) =>
      `${name} wird gefragt, und ihr seid befreundet, sobald ${name} Ja sagt. Abonnieren ist etwas anderes und bleibt, wie es ist.`,
    words: "Ein paar Worte dazu",
    wordsHint: "Bis zu 300 Zeichen. Es darf leer bleiben.",
    askGo: "Fragen",
    asked: "Du hast um Freundschaft gebeten",
    askedSince: (when) =>
      `${when}. Noch keine Antwort; vielleicht wart ihr noch nicht zur selben Zeit erreichbar.`,
    withdraw: "Frage zurücknehmen",
    wants: "Möchte mit dir befreundet sein",
    accept: "Befreundet sein",
    decline: "Ablehnen",
    declineHint: "Niemand erfährt, dass du ablehnst.",
    confirm: "Als Freund bestätigen",
    confirmHint: (name) =>
      `Soweit hier bekannt, kann das Gerät von ${name} nicht um Freundschaft gebeten werden. Ihr abonniert einander: Du kannst das Freundschaft nennen. ${name} erfährt es nicht.`,
    notYet: (name) =>
      `Soweit hier bekannt, kann das Gerät von ${name} nicht um Freundschaft gebeten werden. Sobald ihr einander abonniert, kannst du ${name} bestätigen.`,
    role: (name) => `${name} ist für mich`,
    roleGo: "Merken",
    roleKept: "Gemerkt. Niemand erfährt es.",
    roleHint: "Niemand erfährt, was er für dich ist.",
    roles: {
      close: "Enge Freundschaft",
      friend: "Freundschaft",
      acquaintance: "Bekanntschaft",
      reader: "Liest nur mit",
    },
    roleMeans: {
      close:
        "Sieht, was Freunde sehen, antwortet, reagiert, teilt, schreibt dir und darf dich ohne Frage zitieren.",
      friend: "Sieht, was Freunde sehen, antwortet, reagiert, teilt und schreibt dir.",
      acquaintance: "Sieht, was Freunde sehen, antwortet und reagiert; teilt und zitiert nicht.",
      reader: "Sieht, was Freunde sehen, und liest nur.",
    },
    introducedBy: (name) => `${name} hat euch bekannt gemacht`,
    introduce: (name) => `${name} mit jemandem bekannt machen`,
    introduceTitle: "Bekannt machen",
    introduceHeading: (name) => `${name} bekannt machen mit …`,
    introduceLead: (name) =>
      `Beide erfahren voneinander, mit deinen Worten. ${name} und die andere Person entscheiden dann selbst.`,
    introduceWho: "Deine Freunde",
    introduceNobody: "Hier ist sonst niemand, der es erfahren könnte.",
    introduceNone: "Wähl jemanden aus.",
    introduceGo: "Bekannt machen",
    introduceDone: (one, other) => `${one} und ${other} erfahren voneinander.`,
    accepted: (name) => `Du und ${name} seid befreundet.`,
    requestsAccept: "Befreundet sein",
    requestsDecline: "Nicht befreundet sein",
  },
};
