const minutes = (n: number) => (n === 1 ? "1 minute" : `${n} minutes`);

/** Guests, who read by a secret link; and reading somebody's pages as the person one is. */
export const guestsEn = {
  guests: {
    title: "Guests",
    lead: "For friends who do not use TSSOP: each gets a secret link of their own to your page, to be opened in Tor Browser. Put a guest into an audience as you would anybody, and they read what is for it. They cannot answer or react.",
    add: "A new guest",
    name: "Who is it for",
    nameHint: "For you and for them: it stands at the top of your page while they read.",
    make: "Make a link",
    list: "Your guests",
    none: "You have no guests so far.",
    tag: "Guest",
    never: "Not opened so far",
    last: (when: string) => `Last opened ${when}`,
    ended: (when: string) => `Ended ${when}`,
    oneTitle: "Guest",
    opened: "What they opened",
    openedHint: "Each page once an hour at most. Only you see this, and your guests are told that you do.",
    openedNone: "Nothing so far.",
    what: { profile: "Your page", blog: "Your blog", post: "A post" },
    postGone: "A post that is gone",
    rename: "Rename",
    renamed: "Renamed.",
    renew: "New link",
    renewHint: "The link they have opens nothing from then on, and whoever reads by it is out at once.",
    renewEndedHint: "They get in again, with the audiences they were in.",
    end: "End the link",
    endHint:
      "Whoever reads by it is out at once. Nobody is told; it looks as if there never had been a link.",
    endDone: "The link opens nothing any more.",
    linkHeading: (name: string) => `The link for ${name}`,
    linkOnce: "It is shown this once. When it is lost, make a new one.",
    linkSecret:
      "Whoever has this link reads what it opens. Hand it over in person, or send it in a way that nobody else reads.",
    copy: "Copy the link",
    copied: "Copied",
    qrAlt: "The code of this link",
    goOn: "To this guest",
  },
  reading: {
    as: (name: string) => `You are reading as ${name}.`,
    noted: (owner: string) => `${owner} sees what is opened with this link, and when.`,
    foot: (owner: string) =>
      `This page comes straight from ${owner}’s own device through Tor. There is nothing in between.`,
    leave: "Stop reading as this person",
    welcome: "Come in",
  },
  theirPage: {
    heading: "Their own page",
    lead: (name: string) => `What ${name} shows you can also be read on ${name}’s own page, in Tor Browser.`,
    go: (name: string) => `Open ${name}’s page in Tor Browser`,
    title: "Link",
    linkHeading: (name: string) => `${name}’s page, for you`,
    linkText: (seconds: number) =>
      `Copy this link into Tor Browser within ${minutes(Math.max(1, Math.floor(seconds / 60)))}. It works once.`,
    torBrowser: "An ordinary browser cannot open it: Tor Browser is needed, which is a program of its own.",
    mine: "It is for you alone: whoever opens it reads what you may read.",
    copy: "Copy the link",
    copied: "Copied",
    back: (name: string) => `Back to ${name}`,
  },
};
