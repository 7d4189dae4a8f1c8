import type { togetherEn } from "./together-en.ts";

export const togetherDe: typeof togetherEn = {
  together: {
    title: "Zusammen",
    heading: "Einander sicher sein",
    lead: "Danach wissen beide Geräte, welcher Schlüssel wem gehört. Ändert er sich je, wird nichts gesendet, bis du nachgesehen hast.",
    here: "Wir sind zusammen",
    hereLead:
      "Eine von euch beiden Personen zeigt einen Code, die andere scannt ihn. Mehr ist es nicht, für beide.",
    show: "Meinen Code zeigen",
    scan: "Den Code der anderen Person scannen",
    phone: "Wir telefonieren",
    phoneLead:
      "Du kennst die Stimme. Jemand von euch liest acht Wörter vor, die andere Person tippt sie ein.",
    phoneShow: "Acht Wörter zeigen",
    phoneLabel: "Oder tippe die acht Wörter ein, die du hörst",
    phoneHint: "Großbuchstaben und Kommas sind egal.",
    phoneGo: "Das sind die Wörter",
    phoneEnglish: "Es sind englische Wörter, in jeder Sprache.",
    phoneUsed:
      "Die Wörter wurden gerade benutzt. Gleich steht hier, von wem; kommt nichts, frag am Telefon nach.",
    overheard: "Könnte jemand mithören?",
    overheardHow:
      "Wer die Wörter hört und schneller ist, kann sich dazwischenstellen. Dann ist diese Zahl verschieden: Lest sie einander vor, bevor ihr Ja sagt.",
    looking: "Wir suchen das Gerät, das diese Wörter zeigt",
    lookingFor: (seconds: number) =>
      `Bisher ${seconds} s. Es kann bis zu zwei Minuten dauern. Bleib am Telefon.`,
    lookingStop: "Nicht mehr suchen",
    found: "Gefunden: Das Gerät, das diese Wörter zeigt, hat geantwortet.",
    foundGo: "Weiter",
    phoneNotCode: "Wohin diese Wörter führen, ist kein Code von TSSOP.",
    number:
      "Geht gerade beides nicht? In jeder Unterhaltung gibt es eine Zahl zum Vergleichen: „Prüfen“, neben dem Namen.",
    showing: "Lass das scannen",
    showingPhone: "Lies diese Wörter vor",
    qrAlt: "Ein Code mit deiner Adresse, deinem Schlüssel und einem Zeichen, das einmal gilt.",
    until: (time: string) => `Gilt einmal, bis ${time}. Zeig ihn nur der Person, mit der du zusammen bist.`,
    untilPhone: (time: string) => `Gelten einmal, bis ${time}. Sag sie nur der Person, mit der du sprichst.`,
    asText: "Der Code als Text",
    asTextHint:
      "Für ein Gerät ohne Kamera. Wer ihn in dieser Zeit hat, kann sich an die Stelle der anderen Person setzen.",
    copy: "Kopieren",
    copied: "Kopiert",
    end: "Nicht mehr zeigen",
    ended: "Das gilt nicht mehr.",
    scanned: (name: string) => `${name} hat gerade gescannt: Ist die Person hier?`,
    heard: (name: string) => `${name} hat gerade die Wörter eingetippt: Sprichst du mit dieser Person?`,
    asked:
      "Schau auf die Adresse auf dem anderen Bildschirm, wenn du nicht sicher bist. Nichts ist geprüft, bevor du Ja sagst.",
    yes: (name: string) => `Ja, das ist ${name}`,
    no: "Nein, das ist jemand anderes",
    saidNo: "Nichts wurde geprüft, und wer immer es war, erfährt nichts. Zeig einen neuen Code.",
    done: (name: string) => `${name} ist geprüft`,
    doneMore: "Das andere Gerät erfährt es und zeigt dasselbe von dir.",
    again: "Einen neuen Code zeigen",
    write: (name: string) => `${name} schreiben`,
    withHeading: (name: string) => `Bist du gerade mit ${name} zusammen?`,
    withLead:
      "Du hast einen Code gescannt. Er prüft, wer ihn neben dir auf dem eigenen Bildschirm gezeigt hat.",
    withLeadPhone:
      "Du hast Wörter eingetippt. Sie prüfen, wer sie dir vorgelesen hat, wenn du die Stimme kennst.",
    withPicture: "Kam der Code als Bild oder Nachricht zu dir? Dann seid ihr nicht zusammen: Wähle Nein.",
    withYes: "Ja, wir sind zusammen",
    withYesPhone: "Ja, das ist die Stimme",
    withNo: "Nein",
    withNone: "Von dieser Person wurde gerade kein Code gescannt.",
    waiting: (name: string) => `${name} ist hier geprüft`,
    waitingMore: (name: string) =>
      `Das Gerät von ${name} fragt jetzt, ob du es warst. Hier steht es, sobald dort Ja gesagt wurde.`,
    both: (name: string) => `Du und ${name} seid geprüft`,
    bothMore: "Auf beiden Geräten. Das braucht ihr nicht noch einmal zu tun.",
    orHere: "Oder seid ihr zusammen, oder telefoniert ihr?",
    orHereGo: "Scannen, zeigen oder sagen",
    cardSame: "Die Karte, die du gescannt hast, nennt diesen Schlüssel.",
    cardOther: "Die Karte, die du gescannt hast, nennt einen anderen Schlüssel.",
    vouchSame: (name: string) => `${name}, von dir geprüft, sagt, dass dieser Schlüssel stimmt.`,
    vouchOther: (name: string) => `${name}, von dir geprüft, kennt hier einen anderen Schlüssel.`,
  },
};
