export const awayEn = {
  away: {
    title: "After an absence",
    hint: "What happens when this device was off for more than a day",
    lead: "The computers of others give up on an address that was off for days. When this device is back after more than a day, it tells each of them once, within an hour. Whoever runs one can see from it that you were away and are back.",
    hello: "Say that I am back",
    helloHint: "Your profile is sent once to wherever people are you have to do with",
    silent: "Say nothing",
    silentHint: "Some places may then send you nothing until you write to somebody there",
    missed: "What you missed",
    missedLead:
      "Posts that were sent to you meanwhile come by themselves. What was not sent is read from the pages of the people you subscribe to, as far back as they show it.",
    look: "Look for what I missed",
    looking: (n: number) =>
      n === 0
        ? "Everybody has been asked already."
        : n === 1
          ? "1 person is asked."
          : `${n} people are asked.`,
    left: (n: number) =>
      n === 1
        ? "Catching up: 1 person is still to be asked"
        : `Catching up: ${n} people are still to be asked`,
  },
};
