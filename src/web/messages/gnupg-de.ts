import type { gnupgEn } from "./gnupg-en.ts";

export const gnupgDe: typeof gnupgEn = {
  gnupg: {
    title: "Mit GnuPG benutzen",
    hint: "Ein Schlüssel für Leute, die mit einem eigenen Programm verschlüsseln",
    lead: "GnuPG ist ein Programm, mit dem viele ihre Post verschlüsseln. Den Schlüssel, den dein Gerät mit Leuten auf TSSOP benutzt, kann es nicht lesen. Mit einem zweiten Schlüssel, für GnuPG gemacht, können Leute anderswo für dich verschlüsseln und sehen, dass von dir ist, was damit unterschrieben ist.",
    cost: "Was er kostet",
    costLead:
      "Dieser Schlüssel wechselt nicht jede Woche wie der andere. Wer später dieses Gerät und deine Passphrase bekommt, kann alles öffnen, was je für ihn verschlüsselt und unterwegs aufgezeichnet wurde. Nachrichten mit Leuten auf TSSOP behalten den Schlüssel, der wechselt.",
    seen: "Wer deine Adresse hat, kann diesen Schlüssel holen und sehen, wann du ihn gemacht hast.",
    make: "Einen Schlüssel für GnuPG machen",
    made: "Der Schlüssel ist gemacht.",
    yours: "Dein Schlüssel für GnuPG",
    fingerprint: "Sein Fingerabdruck",
    fingerprintHint:
      "Lies ihn allen vor, die den Schlüssel haben, am Telefon oder wenn ihr euch seht. Zeigt ihr Programm denselben, ist es deiner.",
    until: (day) => `Bis ${day} kann man für ihn verschlüsseln.`,
    over: "Seine Zeit ist um, niemand kann mehr für ihn verschlüsseln. Vernichte ihn und mach einen neuen.",
    save: "Zum Weitergeben speichern",
    saveHint: "Eine Datei für andere. Sie öffnet nichts und darf überallhin.",
    fetch: "Andere können ihn selbst holen",
    fetchHint:
      "In GnuPG, wenn es durch Tor geht („use-tor“ in seiner Datei dirmngr.conf). „gpg --locate-keys“ findet hier nichts und fragt Fremde nach deiner Adresse.",
    own: "In deinem eigenen GnuPG benutzen",
    ownLead:
      "Das speichert auch den geheimen Teil, verschlossen mit einer eigenen Passphrase. In GnuPG nimmt „gpg --import“ die Datei.",
    ownCost:
      "Wer diese Datei bekommt, kann viel schneller Passphrasen daran ausprobieren als an diesem Gerät. Lösche sie, sobald GnuPG sie hat.",
    passphrase: "Deine Passphrase",
    another: "Eine Passphrase für die Datei",
    anotherHint: "Eine andere als deine: GnuPG fragt danach.",
    anotherSame: "Wähle für die Datei eine andere Passphrase als die dieses Geräts.",
    ownSave: "Den geheimen Schlüssel speichern",
    destroy: "Diesen Schlüssel vernichten",
    destroyHint: "Wenn du ihn nicht mehr brauchst, oder wenn ihn jemand haben könnte.",
    destroyOpens:
      "Was für diesen Schlüssel verschlüsselt und noch unterwegs ist, geht hier nicht mehr auf. Auch was jemand aufgezeichnet hat, geht nicht mehr auf, wer auch immer dieses Gerät nimmt.",
    destroyOthers:
      "Andere behalten den Schlüssel, den sie haben, und benutzen ihn vielleicht weiter; wegnehmen kann ihn niemand. Sag es ihnen. Eine Datei, die du für dein eigenes GnuPG gespeichert hast, öffnet wie bisher.",
    destroyStays:
      "Nachrichten, die hier sind, bleiben. Auch der Schlüssel, den dein Gerät mit Leuten auf TSSOP benutzt.",
    destroyGo: "Jetzt vernichten",
    destroyed: "Der Schlüssel ist vernichtet.",
  },
};
