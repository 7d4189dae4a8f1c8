const votes = (n: number) => (n === 1 ? "1 vote" : `${n} votes`);

/** Hashtags, language, polls, custom emoji, and what a post said before. */
export const wordsEn = {
  tags: {
    title: "Hashtag",
    empty: "No post with this hashtag is here.",
    hint: "Posts with it that are on this device, newest first.",
    visitorHint: (name: string) => `What ${name} wrote for everyone with this hashtag.`,
  },
  language: { label: "Language", none: "Not said" },
  poll: {
    title: "Poll",
    add: "Poll",
    hint: "2 to 6 answers. Empty lines are left out.",
    option: (n: number) => `Answer ${n}`,
    multiple: "Several answers may be chosen",
    ends: "It ends after",
    after: (hours: number) =>
      hours < 24
        ? hours === 1
          ? "1 hour"
          : `${hours} hours`
        : hours === 24
          ? "1 day"
          : `${hours / 24} days`,
    resets: "Other answers make another question: the votes so far are gone then.",
    vote: "Vote",
    choose: "Choose one answer",
    chooseSome: "Choose one or more answers",
    yours: "your choice",
    votes,
    voters: (n: number) => (n === 1 ? "1 person voted" : `${n} people voted`),
    endsAt: "Ends",
    over: "It is over.",
    voted: "Your vote goes to its author.",
    onlyAuthor: "Its author learns what you chose.",
  },
  emoji: {
    title: "Your emoji",
    hint: (n: number) => (n === 0 ? "None yet" : `${n} of 50`),
    lead: "Small pictures of your own. Write :name: in a post, and whoever reads it sees the picture.",
    name: "Short name",
    nameHint: "Letters, digits and _, without colons.",
    picture: "Picture",
    pictureHint: "JPEG, PNG or WebP, at most 20 MB. It is made new and says nothing about your camera.",
    add: "Add it",
    remove: (name: string) => `Remove ${name}`,
    none: "Choose a picture first.",
    gone: "It is removed. Posts that have it show its name.",
  },
  history: {
    title: "Versions",
    heading: "What this post said",
    first: "As first written",
    now: "As it is now",
    changed: "Changed",
    warning: "Warning",
    added: "added",
    removed: "removed",
    lead: "Underlined was added, struck out was removed.",
  },
};
