export const backupEn = {
  backup: {
    title: "Backup",
    hint: "Everything in one file, for the day this device breaks",
    hintLast: (day: string) => `The last one is of ${day}`,
    lead: "When this device breaks or is lost, everything on it is gone too. A backup is one file that brings it all back: your address, your people, posts, messages and pictures.",
    never: "You have made none so far.",
    last: (day: string) => `You made the last one on ${day}.`,
    opens:
      "It opens with the passphrase that you have now, also when you choose another one later. Without it, the file is of no use to anybody.",
    keep: "Keep it away from this computer: on a USB stick in a drawer, or with somebody you trust.",
    stays: "What you delete later stays in it",
    staysText:
      "A backup keeps what was here on the day you made it, also the words of messages that are deleted or vanish afterwards. Whoever has the file and the passphrase reads them. Throw away backups that you need no more.",
    not: "The keys that open messages on their way are in no backup. Whoever recorded them on the way cannot open them with it.",
    gnupg:
      "Your key for GnuPG is in it, and opens what people encrypted to it, also when you destroy it here later.",
    passphrase: "Your passphrase",
    go: "Make a backup",
    goHint: "Your browser saves one file. Large ones take a while.",
    use: "When you need it",
    useText:
      "Install TSSOP on another device and choose “I have a backup” on its first page. Use it on one device only: two with the same address get in each other’s way, and messages go astray.",
    thatDay:
      "Everything is then as it was on that day: what you deleted since is there again, whom you blocked since is not, and links for guests that you ended open again. Apps have to be let in anew.",
    have: "I have a backup",
    backTitle: "Bring back a backup",
    backPane: "Your table, as you left it.",
    backPaneSmall: "The file is locked with your passphrase until you open it here.",
    backLead:
      "Everything in the file comes to this device: your address, your people, posts, messages and pictures.",
    itsPassphrase: "Its passphrase",
    itsPassphraseHint: "The one that this backup was made with.",
    file: "The backup",
    fileNone: "Choose the file first.",
    fileHint: "Its name ends in .tssop-backup.",
    once: "Is the device it comes from still running?",
    onceText:
      "Lock it there first, with “Lock everything”, and use only one of the two from now on. They have the same address and get in each other’s way.",
    backGo: "Bring everything back",
    fresh: "Start anew instead",
    done: "Everything is back.",
  },
};
