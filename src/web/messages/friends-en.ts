/** Friends: asking, answering, what each is to the owner, introducing two to each other. */
export const friendsEn = {
  friends: {
    friends: "Friends",
    since: (when: string) => `since ${when}, agreed by both`,
    sinceConfirmed: (when: string) => `since ${when}, confirmed by you`,
    end: "End the friendship",
    none: "Not friends",
    ask: "Ask to be friends",
    askHint: (name: string) =>
      `${name} is asked, and you are friends when ${name} says yes. Subscribing is something else and stays as it is.`,
    words: "A few words with it",
    wordsHint: "Up to 300 letters. You may leave it empty.",
    askGo: "Ask",
    asked: "You asked to be friends",
    askedSince: (when: string) =>
      `${when}. There is no answer yet; you may not have been on at the same time yet.`,
    withdraw: "Take the question back",
    wants: "Would like to be friends",
    accept: "Be friends",
    decline: "Decline",
    declineHint: "Nobody is told when you decline.",
    confirm: "Confirm as a friend",
    confirmHint: (name: string) =>
      `As far as known here, ${name}’s device cannot be asked to be friends. You subscribe to each other: you can call it a friendship. ${name} is not told.`,
    notYet: (name: string) =>
      `As far as known here, ${name}’s device cannot be asked to be friends. Once you subscribe to each other, you can confirm ${name} as a friend.`,
    role: (name: string) => `${name} is to me`,
    roleGo: "Keep",
    roleKept: "Kept. Nobody is told.",
    roleHint: "Nobody learns what they are to you.",
    roles: {
      close: "Close friend",
      friend: "Friend",
      acquaintance: "Acquaintance",
      reader: "Reader only",
    },
    roleMeans: {
      close:
        "Sees what friends see, answers, reacts, shares, writes to you, and may quote you without asking.",
      friend: "Sees what friends see, answers, reacts, shares and writes to you.",
      acquaintance: "Sees what friends see, answers and reacts; does not share or quote.",
      reader: "Sees what friends see, and only reads.",
    },
    introducedBy: (name: string) => `${name} introduced you`,
    introduce: (name: string) => `Introduce ${name} to someone`,
    introduceTitle: "Introduce",
    introduceHeading: (name: string) => `Introduce ${name} to…`,
    introduceLead: (name: string) =>
      `Both are told of each other, with your words. ${name} and your other friend then decide for themselves.`,
    introduceWho: "Your friends",
    introduceNobody: "There is no other friend here who could be told.",
    introduceNone: "Choose somebody.",
    introduceGo: "Introduce",
    introduceDone: (one: string, other: string) => `${one} and ${other} are being told.`,
    accepted: (name: string) => `You and ${name} are friends.`,
    requestsAccept: "Be friends",
    requestsDecline: "Not friends",
  },
};
