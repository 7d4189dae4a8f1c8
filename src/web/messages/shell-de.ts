import type { shellEn } from "./shell-en.ts";

export const shellDe: typeof shellEn = {
  locale: "de-DE",
  skip: "Zum Inhalt springen",
  mainNav: "Hauptmenü",
  nav: {
    home: "Start",
    messages: "Nachrichten",
    notices: "Neues",
    people: "Menschen",
    connect: "Verbinden",
    profile: "Mein Profil",
    settings: "Einstellungen",
    more: "Mehr",
  },
  isNew: "neu",
  aside: "Daneben",
  otherLanguage: "English",
  about: "Über TSSOP",
  show: "Zeigen, was ich tippe",
  back: "Zurück",
  cancel: "Lassen, wie es ist",
  save: "Speichern",
  saved: "Gespeichert.",
  older: "Älteres",
  newer: "Neueres",
  pages: "Seiten",
  fresh: (n) =>
    n === 1
      ? "1 neuen Beitrag zeigen"
      : n >= 80
        ? "80 und mehr neue Beiträge zeigen"
        : `${n} neue Beiträge zeigen`,
  network: {
    reachable: "Du bist erreichbar",
    published: "Test von außen läuft",
    connected: "Adresse wird bekannt gemacht",
    connecting: (percent) => `Verbinde, ${percent} %`,
    off: "Startet",
    failed: "Offline. Beiträge warten hier",
  },
  more: {
    title: "Mehr",
    profile: "Und was andere davon sehen",
    connect: "Deinen Code zeigen, eine Adresse einfügen",
    connection: "Verbindung",
    settings: "Name, Anfragen, Sprache, Passphrase, Apps",
    lock: "Seiten sperren",
    lockHint: "Ohne die Passphrase liest hier niemand",
  },
  leave: {
    title: "Link nach draußen",
    heading: "Dieser Link führt nach draußen",
    text: "Der Ort dahinter sieht die Adresse deines Internetanschlusses, und dein Browser merkt sich den Besuch.",
    better: "Kopiere den Link und öffne ihn im Tor Browser: dann geschieht beides nicht.",
    label: "Der Link",
    copy: "Link kopieren",
    copied: "Kopiert",
    go: "Trotzdem hier öffnen",
    onionText:
      "Das ist ein Ort im Onion-Netz. Dein Browser findet ihn nicht, aber TSSOP kann dort für dich nachsehen.",
    onionGo: "Hier danach suchen",
    stale: "Dieser Link ist zu alt",
    staleText: "Geh zurück auf die Seite, auf der er stand, lade sie neu und drücke den Link noch einmal.",
  },
  missing: {
    title: "Nichts hier",
    heading: "Hier gibt es nichts für dich",
    text: "Entweder war es nie da, oder es ist weg.",
    home: "Zu deiner Seite",
  },
  refused: {
    title: "Abgelehnt",
    heading: "Eine andere Seite hat dich hergeschickt",
    text: "Damit keine fremde Seite in deine schauen kann, öffnet sich TSSOP nur, wenn du selbst danach fragst.",
    go: "Meine Seite öffnen",
  },
  wrong: {
    title: "Das ging nicht",
    heading: "Das ging nicht",
    again: "Noch einmal",
    home: "Zu deiner Seite",
    kept: "Was du geschrieben hast, ist sicher; hier steht es:",
    code: "Code",
    nothingSent: "Davon wurde niemandem etwas gesendet.",
    tooLarge: "Das war mehr, als auf einmal geht. Kürze es, oder nimm ein kleineres Bild.",
  },
  stale: {
    title: "Noch einmal",
    heading: "Diese Seite war lange offen",
    text: "Inzwischen war gesperrt oder neu geöffnet, deshalb fragen wir vorher. Verloren ging nichts.",
    go: "Jetzt absenden",
    not: "Nicht absenden",
  },
  namingErrors: {
    "phone-word-unknown": (said, meant) =>
      `„${said}“ ist keines der Wörter. ${meant === "" ? "Hör noch einmal hin." : `Ist „${meant}“ gemeint?`}`,
  },
  errors: {
    "phone-words-eight": "Es braucht alle acht Wörter, in ihrer Reihenfolge. Hör noch einmal hin.",
    "phone-word-unknown": "Eines davon ist keines der Wörter. Hör noch einmal hin.",
    "phone-own-words": "Das sind die Wörter von diesem Gerät. Tippe die, die das andere zeigt.",
    "phone-nobody":
      "Mit diesen Wörtern fand sich niemand. Vergleicht sie am Telefon: eines kann falsch verstanden sein, oder ihre Zeit ist vorbei. Dann versuch es noch einmal.",
    "phone-over":
      "Diese Wörter sind schon benutzt, oder ihre Zeit ist vorbei. Lass dir neue geben. Wenn nicht du sie benutzt hast, hat jemand anderes sie gehört.",
    "too-many-words": "Mehr Wörter als diese lassen sich nicht verbergen. Entferne erst welche.",
    "too-many-addresses": "Mehr frühere Adressen als diese lassen sich nicht merken. Entferne erst eine.",
    "move-not-named":
      "Die neue Adresse nennt diese noch nicht als deine. Trag sie dort als frühere Adresse ein, dann versuch es noch einmal.",
    "move-too-soon": "Du bist vor weniger als sieben Tagen umgezogen. Nimm das zurück, oder warte.",
    "wrong-passphrase": "Das ist nicht die Passphrase. Groß und klein zählt; versuch es noch einmal.",
    "wait-before-retry": "Das war mehrmals falsch. Warte einen Moment, dann versuch es noch einmal.",
    "weak-passphrase":
      "Diese Passphrase ist zu leicht zu erraten. Nimm Wörter dazu, die nichts miteinander zu tun haben.",
    "vault-damaged":
      "Die Datei mit deinen Schlüsseln ist beschädigt. Geändert wurde nichts. Heb den Ordner auf. Starte mit --data und einem neuen, und hol dort eine Sicherung zurück.",
    "vault-exists": "Dieses Gerät ist schon eingerichtet. Öffne es mit seiner Passphrase.",
    "database-missing":
      "Die Datei mit deinen Beiträgen fehlt oder ist leer. Geändert wurde nichts. Heb den Ordner auf. Starte mit --data und einem neuen, und hol dort eine Sicherung zurück.",
    "database-damaged":
      "Die Datei mit deinen Beiträgen ist beschädigt. Geändert wurde nichts. Heb den Ordner auf. Starte mit --data und einem neuen, und hol dort eine Sicherung zurück.",
    "database-key":
      "Die Passphrase stimmt, aber diese Beiträge gehören zu anderen Schlüsseln. Geändert wurde nichts.",
    "database-newer":
      "Diese Daten hat eine neuere Version von TSSOP geschrieben. Starte diese; geändert wurde nichts.",
    "not-a-backup":
      "Diese Datei ist keine Sicherung von TSSOP. Geändert wurde nichts; wähl eine andere Datei.",
    "backup-damaged":
      "Diese Sicherung ist nicht ganz: sie wurde abgeschnitten oder verändert. Geändert wurde nichts; wähl eine andere Kopie davon.",
    "file-exists": "Eine Datei dieses Namens gibt es schon. Wähl einen anderen Namen.",
    "file-not-written":
      "Die Datei konnte dort nicht geschrieben werden. Sieh nach dem Ordner, oder wähl einen anderen.",
    "migration-failed":
      "Deine Daten auf den neuen Stand zu bringen ging nicht. Alles ist wie vorher; die Kopie bleibt.",
    "disk-full": "Die Festplatte ist voll. Schaff Platz, dann versuch es noch einmal; verloren ging nichts.",
    "folder-readonly":
      "TSSOP darf nicht in seinen Ordner schreiben. Erlaube es, oder wähl mit --data einen anderen.",
    sealed: "TSSOP ist abgeschlossen. Öffne es mit deiner Passphrase.",
    "not-set-up": "Dieses Gerät ist noch nicht eingerichtet. Starte TSSOP und wähl Namen und Passphrase.",
    "tor-down": "Gerade gibt es keine Verbindung ins Netz. Alles wartet und geht von selbst hinaus.",
    "tor-missing": "Das Programm Tor fehlt. Installiere das Paket „tor“, oder setz TSSOP_TOR auf seinen Ort.",
    "peer-off":
      "Dieses Gerät ist gerade nicht an. Versuch es später, oder abonniere trotzdem: es kommt von selbst an.",
    "peer-refused": "Dieses Gerät hat uns nicht hereingelassen.",
    "clearnet-refused":
      "Diese Adresse liegt außerhalb des Onion-Netzes. Dorthin geht TSSOP nicht von selbst.",
    "server-outside":
      "Dieser Server liegt außerhalb des Onion-Netzes. Öffne die Seite „Server draußen“ und entscheide, ob TSSOP dorthin darf.",
    "response-too-large": "Die Antwort von dort war zu groß.",
    "address-not-understood":
      "Das sieht nicht wie eine Adresse aus. Sie liest sich wie name@….onion, mit 56 Buchstaben und Ziffern vor „.onion“.",
    "address-own": "Das ist deine eigene Adresse. Gib sie jemand anderem.",
    "host-blocked": "Du hast diese ganze Adresse blockiert. Heb das zuerst auf, unter Leute, Blockiert.",
    "person-not-found":
      "Dort gibt es niemanden mit diesem Namen. Prüf die Schreibweise, oder lass dir die Adresse noch einmal geben.",
    "post-not-found": "Diesen Beitrag gibt es nicht, oder er ist nicht für dich.",
    "text-empty": "Schreib erst etwas.",
    "poll-not-right":
      "Eine Umfrage hat 2 bis 6 verschiedene Antworten mit bis zu 100 Zeichen und endet nach 1 Stunde bis 30 Tagen.",
    "poll-over": "Diese Umfrage ist vorbei.",
    "poll-voted": "Du hast in dieser Umfrage schon abgestimmt.",
    "poll-no-choice": "Wähle zuerst eine Antwort.",
    "emoji-not-right": "Gib ihm einen kurzen Namen aus Buchstaben, Ziffern und _. Es kann 50 geben.",
    "text-too-long": "Das ist länger, als ein Beitrag sein kann.",
    "title-empty": "Gib ihm einen Titel.",
    "article-too-large":
      "Gesetzt ist das größer, als ein langer Beitrag sein kann: kürz es, oder nimm etwas von der Gestaltung heraus.",
    "quote-not-allowed":
      "Dieser Beitrag kann nicht zitiert werden: er ist nicht für alle, oder es ist nicht gewünscht.",
    "quote-too-narrow":
      "Wer einen fremden Beitrag zitiert, tut das für alle: gefragt wird, wer ihn schrieb, und liest deine Worte.",
    "reach-not-allowed": "Wähl, wer das sieht.",
    "audience-not-found":
      "Einen der Kreise, die du gewählt hast, gibt es nicht mehr. Wähl noch einmal, wer das sieht.",
    "audience-named": "Einen Kreis mit dem Namen gibt es schon. Nimm einen anderen Namen oder ändere den.",
    "too-many-guests": "Es gibt 200 Gäste, mehr passen nicht. Beende einen Link, den du nicht brauchst.",
    "no-link-given":
      "Von dort kam kein Link. Vielleicht läuft dort kein TSSOP, oder man kennt dich noch nicht. Was für dich geschrieben wird, kommt trotzdem zu dir.",
    "link-not-now":
      "Das Gerät dort ist gerade nicht an, und nur solange es an ist, gibt es einen Link. Versuch es später noch einmal.",
    "too-many-audiences": "Es gibt 200 Kreise, mehr passen nicht. Entferne einen, den du nicht brauchst.",
    "lists-not-understood":
      "In der Datei steht keine Liste. Jede Zeile ist der Name einer Liste, ein Komma und eine Adresse, zum Beispiel: Familie,mia@beispiel.onion",
    "answers-closed":
      "Wer das geschrieben hat, nimmt von dir keine Antworten darauf an. Es ist nichts abgeschickt.",
    "open-to-all": "Was alle sehen dürfen, sehen auch die, die du auslässt. Wähl stattdessen, wer es sieht.",
    "not-secret-again":
      "Das konnten alle sehen, also lässt es sich nicht mehr geheim machen. Du kannst es löschen; wer es kopiert hat, hat es.",
    "emoji-not-understood": "Wähl ein Emoji.",
    "emoji-too-many": "Dieser Beitrag hat schon fünf Emoji von dir. Nimm erst eines zurück.",
    "not-to-share": "Dieser Beitrag ist nicht für alle, also lässt er sich nicht weitergeben.",
    "not-to-pin": "Nur ein Beitrag, den alle sehen dürfen, kann auf deiner Seite oben stehen.",
    "pins-too-many": "Fünf Beiträge stehen schon oben. Nimm erst einen herunter.",
    "picture-not-readable": "Dieses Bild ließ sich nicht lesen. JPEG, PNG und WebP gehen.",
    "picture-too-large": "Dieses Bild ist zu groß. Bis 20 MB und 40 Millionen Punkte gehen.",
    "code-none": "In dem Bild ist kein Code. Der Code soll das Bild ausfüllen, ohne Spiegelung.",
    "code-several": "In dem Bild ist mehr als ein Code. Zeig nur den der Person.",
    "code-not-ours": "Der Code sagt etwas anderes. Den richtigen zeigt ihre Seite, unter „Verbinden“.",
    "file-too-large": "Diese Datei ist zu groß. Bilder bis 20 MB und alles andere bis 100 MB gehen.",
    "film-too-long": "Das ist länger als 10 Minuten. Kürze es, dann füg es wieder hinzu.",
    "film-not-readable":
      "Wir konnten diesen Film oder Ton nicht von dem säubern, was er über dich erzählen kann, deshalb nehmen wir ihn nicht. MP4, MOV, WebM, MP3, M4A, Ogg, FLAC und WAV gehen.",
    "picture-kind":
      "Diese Art Bild lässt sich nicht von dem säubern, was sie über dich erzählen kann. Speichere es als JPEG, PNG oder WebP, dann füg es wieder hinzu.",
    "files-too-many": "Ein Beitrag kann 4 Dateien tragen. Nimm erst eine weg.",
    "file-gone": "Diese Datei ist nicht mehr da. Füg sie noch einmal hinzu.",
    "file-not-shown": "Was von dort kam, ist nicht das, was es sein sollte, deshalb zeigen wir es nicht.",
    "name-empty": "Tippe den Namen, den die Leute sehen.",
    "field-empty": "Gib der Zeile einen Namen und etwas, was darin steht.",
    "message-empty": "Schreib erst etwas.",
    "message-too-long": "Das ist zu lang für eine Nachricht. Schick es in Teilen oder als Datei.",
    "message-first-long":
      "Man kennt dich dort vielleicht noch nicht, darum muss eine erste Nachricht kurz sein: etwa 1.000 Zeichen. Schreib den Rest, sobald eine Antwort da ist.",
    "together-over": "Dieser Code gilt nicht mehr. Lass dir einen neuen zeigen.",
    "together-other-key":
      "Der Code nennt einen anderen Schlüssel als die Adresse. Zeigt und scannt einen neuen; geschieht das wieder, ist vielleicht jemand dazwischen.",
    "message-first-files":
      "Man kennt dich dort vielleicht noch nicht, und eine erste Nachricht trägt keine Dateien. Schick sie, sobald eine Antwort da ist.",
    "message-files-elsewhere":
      "Dateien lassen sich nur an Leute schicken, die TSSOP benutzen. Was du geschrieben hast, ist aufgehoben.",
    "message-files-many": "Eine Nachricht trägt höchstens 10 Dateien. Schick die übrigen in einer weiteren.",
    "message-file-too-large": "Diese Datei ist größer als 2 GB. Mehr trägt eine Nachricht nicht.",
    "message-not-found": "Diese Nachricht gibt es nicht mehr.",
    "key-changed":
      "Der Schlüssel hat sich geändert, darum wurde nichts gesendet. Vergleicht erst; was du geschrieben hast, bleibt.",
    "key-not-found": "Der Schlüssel ist inzwischen ein anderer. Sieh noch einmal nach.",
    "key-not-understood":
      "Was von dort kam, ist kein Schlüssel, für den Nachrichten verschlüsselt werden können.",
    "key-expired":
      "Der Schlüssel ist zu alt. Was du geschrieben hast, wartet, bis das andere Gerät einen neuen hat.",
    "not-encrypted":
      "Was du dort schreibst, wäre nicht verschlüsselt, darum wurde es nicht gesendet. Öffne die Unterhaltung und entscheide, ob du dort trotzdem schreiben willst.",
    "link-not-understood": "Ein Link beginnt mit http:// oder https://. Füg die ganze Adresse ein.",
    "date-not-understood": "Schreib das Datum als 1984-04-14, oder als 04-14 für einen Tag in jedem Jahr.",
    "too-many-fields": "Es sind 50 Zeilen, mehr passen nicht. Entferne eine, die du nicht brauchst.",
    "handle-not-allowed": "Nimm Buchstaben von a bis z, Ziffern und _, höchstens 30.",
    "form-expired": "Diese Seite war zu lange offen, deshalb geschah nichts. Sende es noch einmal.",
    "bad-request": "Das war nicht zu verstehen.",
    "not-found": "Hier gibt es nichts für dich.",
    "not-allowed": "Das ist nicht deines.",
    "bridge-not-understood":
      "Das sieht nicht wie eine Brückenzeile aus. Füg die ganze Zeile ein, wie du sie bekommen hast.",
    internal: "Auf diesem Gerät ging etwas schief. Verloren ging nichts; versuch es noch einmal.",
  },
};
