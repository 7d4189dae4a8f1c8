/** Bilder, Filme, Töne und Dateien: hinzufügen und zeigen. */
export const filesDe = {
  files: {
    add: "Bilder und Dateien",
    pick: "Dateien wählen oder hier ablegen",
    hint: "Bis zu 4. Bilder bis 20 MB, alles andere bis 100 MB, Filme und Töne bis 10 Minuten. Wo, wann und womit ein Bild, Film oder Ton entstand, nehmen wir heraus; andere Dateien gehen hinaus, wie sie sind.",
    addThese: "Diese hinzufügen",
    coming: "Wird aufgenommen",
    alt: "Was ist das, für Menschen, die es nicht sehen oder hören?",
    altHint: "Du kannst es leer lassen. Ein Satz genügt.",
    remove: "Wegnehmen",
    tooMany: "Ein Beitrag kann 4 Dateien tragen; die anderen bleiben weg.",
    kinds: { picture: "Bild", film: "Film", sound: "Ton", file: "Datei" },
    noAlt: "Bild ohne Beschreibung",
    altOf: "Was es zeigt, in Worten",
    hidden: (n: number) =>
      n === 1
        ? "Eine Datei, die schwer anzusehen sein kann"
        : `${n} Dateien, die schwer anzusehen sein können`,
    save: "Speichern:",
    fetch: { picture: "Bild zeigen", film: "Film holen", sound: "Ton holen", file: "Datei holen" },
    atDevice: (name: string) => `Liegt auf dem Gerät von ${name}; es kommt durch Tor.`,
    atHost: (host: string) => `Liegt bei ${host}; es kommt durch Tor.`,
    onItsWay: "Es ist unterwegs und erscheint hier von selbst.",
    cache: "Dateien von anderen",
    cacheHint: "Was du angesehen hast, bleibt versiegelt hier. Wird es mehr als das, geht das Älteste.",
    cacheChoice: (megabytes: number) => `Bis ${megabytes} MB`,
  },
};
