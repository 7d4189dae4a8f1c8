import type { backupEn } from "./backup-en.ts";

export const backupDe: typeof backupEn = {
  backup: {
    title: "Sicherung",
    hint: "Alles in einer Datei, für den Tag, an dem dieses Gerät kaputtgeht",
    hintLast: (day) => `Die letzte ist vom ${day}`,
    lead: "Geht dieses Gerät kaputt oder verloren, ist auch alles weg, was darauf liegt. Eine Sicherung ist eine Datei, die alles zurückbringt: deine Adresse, deine Leute, Beiträge, Nachrichten und Bilder.",
    never: "Du hast noch keine gemacht.",
    last: (day) => `Die letzte hast du am ${day} gemacht.`,
    opens:
      "Sie geht mit der Passphrase auf, die du jetzt hast, auch wenn du später eine andere wählst. Ohne sie ist die Datei für niemanden zu gebrauchen.",
    keep: "Heb sie nicht bei diesem Computer auf: auf einem USB-Stick in der Schublade, oder bei jemandem, dem du traust.",
    stays: "Was du später löschst, bleibt darin",
    staysText:
      "Eine Sicherung behält, was an dem Tag hier war, auch die Worte von Nachrichten, die danach gelöscht werden oder verschwinden. Wer die Datei und die Passphrase hat, liest sie. Wirf Sicherungen weg, die du nicht mehr brauchst.",
    not: "Die Schlüssel, die Nachrichten auf ihrem Weg öffnen, sind in keiner Sicherung. Wer sie unterwegs aufgezeichnet hat, kann sie damit nicht öffnen.",
    gnupg:
      "Dein Schlüssel für GnuPG ist darin und öffnet, was für ihn verschlüsselt wurde, auch wenn du ihn hier später vernichtest.",
    passphrase: "Deine Passphrase",
    go: "Eine Sicherung machen",
    goHint: "Dein Browser speichert eine Datei. Große brauchen eine Weile.",
    use: "Wenn du sie brauchst",
    useText:
      "Installiere TSSOP auf einem anderen Gerät und wähl auf seiner ersten Seite „Ich habe eine Sicherung“. Benutze sie nur auf einem Gerät: zwei mit derselben Adresse kommen sich in die Quere, und Nachrichten gehen verloren.",
    thatDay:
      "Alles ist dann wie an jenem Tag: was du seitdem gelöscht hast, ist wieder da, wen du seitdem blockiert hast, ist es nicht, und Links für Gäste, die du beendet hast, gehen wieder auf. Apps musst du neu hereinlassen.",
    have: "Ich habe eine Sicherung",
    backTitle: "Eine Sicherung zurückholen",
    backPane: "Dein Tisch, wie du ihn verlassen hast.",
    backPaneSmall: "Die Datei ist mit deiner Passphrase verschlossen, bis du sie hier öffnest.",
    backLead:
      "Alles in der Datei kommt auf dieses Gerät: deine Adresse, deine Leute, Beiträge, Nachrichten und Bilder.",
    itsPassphrase: "Ihre Passphrase",
    itsPassphraseHint: "Die, mit der diese Sicherung gemacht wurde.",
    file: "Die Sicherung",
    fileNone: "Wähl zuerst die Datei.",
    fileHint: "Ihr Name endet auf .tssop-backup.",
    once: "Läuft das Gerät noch, von dem sie kommt?",
    onceText:
      "Schließ es dort zuerst ab, mit „Alles abschließen“, und benutze von jetzt an nur eins der beiden. Sie haben dieselbe Adresse und kommen sich in die Quere.",
    backGo: "Alles zurückholen",
    fresh: "Lieber neu anfangen",
    done: "Alles ist wieder da.",
  },
};
