const replies = (n: number) => (n === 1 ? "1 reply" : `${n} replies`);

/** What of a thread is not here, and how a long one goes on. */
export const threadsEn = {
  thread: {
    mayBeMore: "There may be more replies",
    notFetched: (n: number) => `${replies(n)} not fetched`,
    allHere: "Every reply we heard of is here.",
    look: "Look for more replies",
    fetch: "Fetch them",
    again: "Look again",
    looking: "Looking for more replies. This may take some minutes.",
    left: (n: number) => `Fetching replies: ${n} to go.`,
    show: "Show what came so far",
    lookedAt: "Last looked:",
    neverRead: "Nobody could be asked so far.",
    off: (n: number) =>
      n === 1
        ? "1 of them is on a device that is off. We try it again for a week."
        : `${n} of them are on devices that are off. We try them again for a week.`,
    listOff: "Some devices that may know of replies are off. We try them again for a week.",
    outside: (n: number) =>
      n === 1
        ? "1 of them is outside the onion network, where you have not let us go."
        : `${n} of them are outside the onion network, where you have not let us go.`,
    listOutside: "Who knows of replies is outside the onion network, where you have not let us go.",
    listRefused: "A list of replies could not be read.",
    gone: (n: number) =>
      n === 1 ? "1 more was deleted, or is not for you." : `${n} more were deleted, or are not for you.`,
    cut: "More replies were named than we read at one time.",
    earlier: "Earlier in this thread",
    deeper: "The replies to this go on",
    more: "More replies",
    first: "To the first replies",
  },
};
