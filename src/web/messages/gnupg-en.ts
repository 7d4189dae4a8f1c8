export const gnupgEn = {
  gnupg: {
    title: "Use with GnuPG",
    hint: "A key for people who encrypt with a program of their own",
    lead: "GnuPG is a program with which many people encrypt their mail. It cannot read the key that your device uses with people on TSSOP. With a second key, made for GnuPG, people elsewhere can encrypt to you and see that what is signed with it is yours.",
    cost: "What it costs",
    costLead:
      "This key does not change each week as the other one does. Whoever gets this device and your passphrase later can open everything that was ever encrypted to it and recorded on the way. Messages with people on TSSOP keep the key that changes.",
    seen: "Anybody who has your address can fetch this key, and see when you made it.",
    make: "Make a key for GnuPG",
    made: "The key is made.",
    yours: "Your key for GnuPG",
    fingerprint: "Its fingerprint",
    fingerprintHint:
      "Read it to whoever has the key, on the phone or face to face. When their program shows the same, it is yours.",
    until: (day: string) => `People can encrypt to it until ${day}.`,
    over: "Its time is over, and nobody can encrypt to it any more. Destroy it and make a new one.",
    save: "Save it to hand on",
    saveHint: "A file for others. It opens nothing, so it may go anywhere.",
    fetch: "Others can fetch it themselves",
    fetchHint:
      "In GnuPG, when it goes through Tor (“use-tor” in its file dirmngr.conf). “gpg --locate-keys” finds nothing here, and asks strangers for your address.",
    own: "Use it in your own GnuPG",
    ownLead:
      "This saves the secret part too, locked with a passphrase of its own. In GnuPG, “gpg --import” takes the file.",
    ownCost:
      "Whoever gets that file can try passphrases at it much faster than on this device. Delete it once GnuPG has it.",
    passphrase: "Your passphrase",
    another: "A passphrase for the file",
    anotherHint: "Another one than yours: GnuPG asks for it.",
    anotherSame: "Choose another passphrase for the file than the one of this device.",
    ownSave: "Save the secret key",
    destroy: "Destroy this key",
    destroyHint: "When you need it no more, or somebody may have got hold of it.",
    destroyOpens:
      "What was encrypted to this key and is still on the way will not open here. What somebody recorded opens no more either, whoever takes this device.",
    destroyOthers:
      "Others keep the key they have and may go on using it; nobody can take it from them. Tell them. A file you saved for your own GnuPG opens as before.",
    destroyStays: "Messages that are here stay. So does the key that your device uses with people on TSSOP.",
    destroyGo: "Destroy it now",
    destroyed: "The key is destroyed.",
  },
};
