/** Pictures, films, sounds and files: adding them, and showing them. */
export const filesEn = {
  files: {
    add: "Pictures and files",
    pick: "Pick files, or drop them here",
    hint: "Up to 4. Pictures up to 20 MB, everything else up to 100 MB, films and sounds up to 10 minutes. We take out where, when and with what a picture, film or sound was made; other files go out as they are.",
    addThese: "Add these",
    coming: "Taking it in",
    alt: "What is it, for people who do not see or hear it?",
    altHint: "You may leave it empty. A sentence is enough.",
    remove: "Take it away",
    tooMany: "A post can carry 4 files; the others are left out.",
    kinds: { picture: "Picture", film: "Film", sound: "Sound", file: "File" },
    noAlt: "Picture without a description",
    altOf: "What it shows, in words",
    hidden: (n: number) =>
      n === 1 ? "A file that may be hard to look at" : `${n} files that may be hard to look at`,
    save: "Save",
    fetch: {
      picture: "Show the picture",
      film: "Fetch the film",
      sound: "Fetch the sound",
      file: "Fetch the file",
    },
    atDevice: (name: string) => `Lies on ${name}’s device; it comes through Tor.`,
    atHost: (host: string) => `Lies at ${host}; it comes through Tor.`,
    onItsWay: "It is on its way, and appears here by itself.",
    cache: "Files of others",
    cacheHint: "What you have looked at is kept, sealed. The oldest goes when it is more than this.",
    cacheChoice: (megabytes: number) => `Up to ${megabytes} MB`,
  },
};
