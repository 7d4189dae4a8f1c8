import type { healthEn } from "./health-en.ts";

export const healthDe: typeof healthEn = {
  health: {
    title: "Zustand",
    hint: "Was wartet, was hinausging, was schiefging",
    tested: (when) => `Zuletzt von außen gesehen am ${when}`,
    notTested: "Von außen noch nicht gesehen",
    waiting: "Wartet darauf, hinauszugehen",
    waitingNone: "Nichts wartet. Alles, was du gesendet hast, ist angekommen.",
    waitingFor: (n, when) => (n === 1 ? `1 Sache seit ${when}` : `${n} Sachen seit ${when}`),
    reached: (when) => `Zuletzt erreicht am ${when}.`,
    never: "Noch nicht erreicht.",
    noAnswer: "Jenes Gerät ist aus oder nicht erreichbar; es geht von selbst dorthin.",
    noTor: "Beim letzten Versuch gab es keinen Weg ins Netz.",
    answered: (status) => `Jenes Gerät antwortete ${status} und nahm es nicht an.`,
    tryNow: "Jetzt alles versuchen",
    tried: "Es wird jetzt versucht.",
    sent: "Was dieses Gerät verlassen hat",
    sentHint: "Wer welchen Beitrag bekam, und wann",
    sentLead:
      "Jeder deiner Beiträge, der für jemanden war, und wessen Geräte ihn haben. Außer Beiträgen gehen nur deine Anfragen und Antworten, dein Profil, Änderungen und Löschungen hinaus.",
    sentNone: "Noch hat nichts dieses Gerät verlassen.",
    noWords: "Ohne Worte",
    toNobody: "Damals hatte dich niemand abonniert, also ging er an niemanden.",
    troubles: "Was zuletzt schiefging",
    troublesNone: "Nichts, seit TSSOP gestartet wurde.",
    troublesLead:
      "Für die, die dir helfen. Namen und Adressen stehen nicht darin, und es ist vergessen, wenn TSSOP endet.",
    started: (when) => `Gestartet am ${when}`,
    ownPosts: "Deine Beiträge",
    othersPosts: "Beiträge anderer",
    people: "Menschen",
    files: (n, size) => (n === 1 ? `1 Datei, ${size}` : `${n} Dateien, ${size}`),
    purposes: {
      picture: "Deine Bilder",
      post: "Dateien in Beiträgen",
      waiting: "Noch in keinem Beitrag",
      remote: "Dateien anderer",
    },
  },
};
