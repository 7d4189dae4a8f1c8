import type { awayEn } from "./away-en.ts";

export const awayDe: typeof awayEn = {
  away: {
    title: "Nach einer Pause",
    hint: "Was geschieht, wenn dieses Gerät länger als einen Tag aus war",
    lead: "Die Computer der anderen geben eine Adresse auf, die tagelang aus war. Ist dieses Gerät nach mehr als einem Tag wieder da, sagt es das jedem davon einmal, innerhalb einer Stunde. Wem einer gehört, kann daran sehen, dass du weg warst und wieder da bist.",
    hello: "Sagen, dass ich wieder da bin",
    helloHint: "Dein Profil geht einmal dorthin, wo Leute sind, mit denen du zu tun hast",
    silent: "Nichts sagen",
    silentHint: "Von manchen Orten kommt dann vielleicht nichts, bis du jemandem dort schreibst",
    missed: "Was du verpasst hast",
    missedLead:
      "Beiträge, die dir inzwischen geschickt wurden, kommen von selbst. Was nicht geschickt wurde, wird von den Seiten der Leute gelesen, die du abonnierst, so weit sie zurückreichen.",
    look: "Nach Verpasstem sehen",
    looking: (n) =>
      n === 0
        ? "Alle wurden schon gefragt."
        : n === 1
          ? "1 Person wird gefragt."
          : `${n} Leute werden gefragt.`,
    left: (n) =>
      n === 1
        ? "Wir holen auf: 1 Person ist noch zu fragen"
        : `Wir holen auf: ${n} Leute sind noch zu fragen`,
  },
};
