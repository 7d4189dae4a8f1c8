import type { elsewhereEn } from "./elsewhere-en.ts";

/** Nachrichten mit Menschen, deren Konto nicht auf einem eigenen Gerät liegt. */
export const elsewhereDe: typeof elsewhereEn = {
  elsewhere: {
    askHeading: "Das wäre nicht Ende-zu-Ende verschlüsselt",
    ask: (name, host) =>
      `Das Konto von ${name} ist bei ${host}, und wir kennen keinen Schlüssel dazu. Wer ${host} betreibt, kann lesen, was ihr zwei schreibt.`,
    askChoice: "Willst du hier schreiben?",
    askNo: "Hier nicht schreiben",
    askNoHint: "Bitte darum, TSSOP zu benutzen oder dir den OpenPGP-Schlüssel zu geben.",
    askYes: "Trotzdem schreiben, in dieser Unterhaltung",
    askYesHint: "An jeder Nachricht bleibt stehen, dass sie nicht verschlüsselt war.",
    askGo: "Weiter",
    askedNo: "Es wurde nichts gesendet, und es bleibt dabei.",
    askedYes: "Du kannst hier jetzt schreiben. Es ist nicht verschlüsselt.",
    open: (host) =>
      `Nicht Ende-zu-Ende verschlüsselt. Wer ${host} betreibt, kann lesen, was ihr zwei schreibt.`,
    openStop: "Hier nicht mehr schreiben",
    openStopped: "Dorthin geht nichts mehr. Was wartete, wurde nicht gesendet.",
    haveKey: "Ich habe den Schlüssel",
    stateMail: "Mit OpenPGP verschlüsselt",
    keyLink: "Der Schlüssel",
    sendOpen: "Unverschlüsselt senden",
    hintMail:
      "Geht als OpenPGP-Nachricht hinaus: Gelesen wird sie mit einem OpenPGP-Programm. Ändern lässt sie sich danach nicht.",
    hintOpen: "Ändern lässt sie sich danach nicht.",
    keys: "Strg und Enter sendet.",
    notSealed: "nicht verschlüsselt",
    signed: {
      known: "unterschrieben mit dem Schlüssel, den wir kennen",
      other: "unterschrieben mit einem Schlüssel, den wir nicht kennen: Das kann jeder geschrieben haben",
      none: "nicht unterschrieben: Das kann jeder geschrieben haben",
    },
    states: {
      waiting: (host) => `wartet auf ${host}`,
      delivered: (host) => `${host} hat sie`,
    },
    lastWaiting: "Wartet",
    lost: "Es kam eine verschlüsselte Nachricht, die dieses Gerät nicht öffnen kann. Vielleicht ist sie für einen Schlüssel von dir, den es nicht mehr gibt, oder für einen anderen. Bitte darum, sie noch einmal zu schicken.",
    removeLead: (host) =>
      `Für beide gelöscht heißt: ${host} wird gebeten, sie auch zu löschen. Wer sie gelesen hat, dort oder unterwegs, hat sie vielleicht behalten.`,
    keyWhy: (name) =>
      `Meistens heißt das: ein neuer Schlüssel für das OpenPGP-Programm. Es kann auch heißen, dass sich jemand als ${name} ausgibt, oder wer die Adresse betreibt. Wir können das nicht wissen, du schon.`,
    keyHow:
      "Ruft euch an oder trefft euch, und lass dir den Fingerabdruck des Schlüssels vorlesen. Das hier nennt die Adresse. Frag nicht in dieser Unterhaltung.",
    keyMatch: "Es ist derselbe",
    keyDiffer: "Es ist ein anderer",
    verifyLead:
      "Ruft euch an oder trefft euch, und lass dir den Fingerabdruck des Schlüssels vorlesen. Ist es dieser, dann kann nur diese Person lesen, was du schreibst.",
    verifyNone:
      "Wir kennen keinen Schlüssel. Wird dort OpenPGP benutzt, dann bitte um den öffentlichen Schlüssel und füg ihn hier ein.",
    paste: "Den Schlüssel einfügen",
    pasteHint: "Der öffentliche Schlüssel, von „-----BEGIN PGP PUBLIC KEY BLOCK-----“ bis zum Ende.",
    pasteFile: "Oder wähl die Datei, in der er steht",
    pasteGo: "Diesen Schlüssel benutzen",
    pasteEmpty: "Füg einen Schlüssel ein, oder wähl eine Datei mit einem.",
    pasteWrong:
      "Das ist kein Schlüssel, für den sich Nachrichten verschlüsseln lassen. Bitte um den öffentlichen Schlüssel, als Text.",
    pasted:
      "Nachrichten dorthin werden jetzt für diesen Schlüssel verschlüsselt. Vergleicht den Fingerabdruck.",
    pastedOther:
      "Das ist ein anderer Schlüssel als der, den wir kennen. Es wird nichts gesendet, bis ihr ihn verglichen habt.",
    oldKey: (name) =>
      `${name} hat einen Schlüssel, wie GnuPG sie macht, und GnuPG kann nicht lesen, was dein neuerer Schlüssel unterschreibt. Deshalb gehen deine Nachrichten dorthin verschlüsselt, aber nicht unterschrieben, bis du auch so einen hast.`,
    oldKeyGo: "Einen Schlüssel für GnuPG machen",
  },
};
