/** Messages with people whose account is not on a device of their own. */
export const elsewhereEn = {
  elsewhere: {
    askHeading: "This would not be end-to-end encrypted",
    ask: (name: string, host: string) =>
      `${name}’s account lives on ${host}, and no key of theirs is known. The people who run ${host} can read what you two write.`,
    askChoice: "Do you want to write here?",
    askNo: "Do not write here",
    askNoHint: "Ask them to use TSSOP, or to give you their OpenPGP key.",
    askYes: "Write anyway, in this conversation",
    askYesHint: "Each message keeps a mark that it was not encrypted.",
    askGo: "Go on",
    askedNo: "Nothing was sent, and nothing will be.",
    askedYes: "You can write here now. It is not encrypted.",
    open: (host: string) =>
      `Not end-to-end encrypted. The people who run ${host} can read what you two write.`,
    openStop: "Do not write here any more",
    openStopped: "Nothing goes there any more. What waited was not sent.",
    haveKey: "I have their key",
    stateMail: "Encrypted with OpenPGP",
    keyLink: "Their key",
    sendOpen: "Send, not encrypted",
    hintMail:
      "Goes as an OpenPGP message: they read it with their OpenPGP program. It cannot be changed afterwards.",
    hintOpen: "It cannot be changed afterwards.",
    keys: "Ctrl and Enter sends.",
    notSealed: "not encrypted",
    signed: {
      known: "signed with the key we know",
      other: "signed with a key we do not know: anyone could have written this",
      none: "not signed: anyone could have written this",
    },
    states: {
      waiting: (host: string) => `waiting for ${host}`,
      delivered: (host: string) => `${host} has it`,
    },
    lastWaiting: "Waiting",
    lost: "An encrypted message came that this device cannot open. Perhaps it was encrypted to a key of yours that is gone, or to another one. Ask for it to be sent again.",
    removeLead: (host: string) =>
      `Deleted for both, ${host} is asked to delete it too. Whoever read it, there or on the way, may have kept it.`,
    keyWhy: (name: string) =>
      `Most often this means a new key for their OpenPGP program. It can also mean that someone pretends to be ${name}, or that the people who run their address do. We cannot tell; you can.`,
    keyHow:
      "Call or meet, and have them read to you the fingerprint of their key. This is what their address says. Do not ask in this conversation.",
    keyMatch: "It is the same",
    keyDiffer: "It is another one",
    verifyLead:
      "Call or meet, and have them read to you the fingerprint of their key. If it is this one, what you write can be read by them alone.",
    verifyNone:
      "No key of theirs is known. If they use OpenPGP, ask them for their public key and paste it here.",
    paste: "Paste their key",
    pasteHint: "Their public key, from “-----BEGIN PGP PUBLIC KEY BLOCK-----” to the end.",
    pasteFile: "Or choose the file that it is in",
    pasteGo: "Use this key",
    pasteEmpty: "Paste a key, or choose a file with one.",
    pasteWrong: "That is no key that messages can be encrypted to. Ask them for their public key, as text.",
    pasted: "Messages to them are encrypted to this key now. Compare its fingerprint with them.",
    pastedOther:
      "This is another key than the one we know. Nothing is sent until you have compared it with them.",
    oldKey: (name: string) =>
      `${name} has a key of the kind that GnuPG makes, and GnuPG cannot read what your newer key signs. So your messages go there encrypted but not signed, until you have a key of that kind too.`,
    oldKeyGo: "Make a key for GnuPG",
  },
};
