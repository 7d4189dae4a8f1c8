import type { messageFilesEn } from "./message-files-en.ts";

export const messageFilesDe: typeof messageFilesEn = {
  talkFiles: {
    add: "Datei oder Bild dazu",
    pick: "Dateien wählen, hierher ziehen oder ein Bild einfügen",
    hint: "Bis zu 10, jede bis 2 GB; nur ihr beide könnt sie öffnen. Wo, wann und womit ein Bild, Film oder Ton entstand, nehmen wir heraus. Andere Dateien gehen, wie sie sind: Was sie über dich verraten, geht mit.",
    tooMany: "Eine Nachricht trägt 10 Dateien; die übrigen sind nicht dabei.",
    voice: "Sprachnachricht",
    noAlt: "Bild ohne Beschreibung",
    only: (n) => (n === 1 ? "1 Datei" : `${n} Dateien`),
    took: (name, part, all) => `Das Gerät von ${name} hat ${part} von ${all}`,
    taken: (name) => `Das Gerät von ${name} hat sie`,
    at: (name) => `Auf dem Gerät von ${name}`,
    partHere: (part, all) => `${part} von ${all} sind hier`,
    get: (size) => `Holen (${size})`,
    goOn: "Den Rest holen",
    waits: (name) => `Wartet auf das Gerät von ${name}`,
    coming: (part, all) => `Kommt: ${part} von ${all}`,
    progress: "Wie viel schon hier ist",
    stop: "Anhalten",
    gone: (name) => `Auf dem Gerät von ${name} ist sie nicht mehr.`,
    damaged: "Was kam, ist nicht die Datei, die geschickt wurde. Es wurde weggeworfen.",
    diskFull:
      "Auf diesem Gerät ist kein Platz. Schaff Platz und versuch es dann noch einmal; was kam, bleibt hier.",
    again: "Noch einmal versuchen",
    removeFiles: (n) => (n === 1 ? "Ihre Datei geht mit." : `Ihre ${n} Dateien gehen mit.`),
    record: "Aufnehmen",
    recordWhat: ": deine Stimme",
    recording: "Nimmt auf",
    recordStop: "Aufnahme beenden",
    recorded: "Deine Aufnahme",
    recordSend: "Senden",
    recordDrop: "Wegwerfen",
    recordNo:
      "Dieser Browser lässt uns nicht ans Mikrofon. Seine eigenen Einstellungen für diese Seite können das ändern.",
  },
};
