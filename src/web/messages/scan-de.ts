import type { scanEn } from "./scan-en.ts";

export const scanDe: typeof scanEn = {
  scan: {
    heading: "Einen Code scannen",
    use: "Kamera benutzen",
    stop: "Kamera ausschalten",
    view: "Was die Kamera sieht",
    opening: "Die Kamera geht an. Vielleicht fragt dein Browser, ob sie darf.",
    looking: "Es wird nach einem Code gesucht. Halt ihn ruhig, sodass er das Bild ausfüllt.",
    found: "Da ist er. Einen Moment.",
    noCamera: "Hier ist keine Kamera. Nimm stattdessen ein Bild des Codes.",
    notAllowed:
      "Diese Seite darf die Kamera nicht benutzen. Erlaube es im Browser, oder nimm stattdessen ein Bild des Codes.",
    notNow:
      "Die Kamera lässt sich gerade nicht benutzen, vielleicht weil ein anderes Programm sie hat. Nimm stattdessen ein Bild des Codes.",
    off: "Die Kamera ist aus.",
    tired:
      "Zwei Minuten lang war kein Code zu sehen, darum ist die Kamera aus. Nimm stattdessen ein Bild des Codes, oder schalte sie wieder ein.",
    picture: "Ein Bild des Codes",
    pictureHint: "Ein Foto davon oder ein Bild eines Bildschirms. JPEG, PNG und WebP gehen.",
    pictureNone: "Wähl erst ein Bild aus.",
    read: "Code lesen",
    stays: "Was zu sehen ist, wird nur auf diesem Gerät gelesen und nicht behalten.",
  },
};
