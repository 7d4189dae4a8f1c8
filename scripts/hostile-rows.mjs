/**
 * What people who mean harm try, row by row, and what must happen. A test belongs to a row when its name, or the name of
 * a group it is in, begins with the row's id ("A15: …", "A19, A20: …").
 *
 * tried: what is sent, done or looked for. must: what has to come of it. none: why nothing can be tried yet; a row has
 * tests or this sentence, never both, and never neither.
 * @typedef {{ id: string, tried: string, must: string, none?: string }} HostileRow
 */

import { rowsOfTheWire } from "./hostile-rows-wire.mjs";

/** @type {readonly HostileRow[]} */
export const hostileRows = [
  ...rowsOfTheWire,
  // B: letters
  ...[
    ["A letter sealed anew for a third person", "refused"],
    ["The same letter again, or in another conversation", "refused"],
    ["A letter unsigned, signed twice or by a stranger, or with more than a letter in it", "refused"],
    ["One bit turned at each place", "refused, or the same words"],
    ["A letter cut short", "refused"],
    ["A letter that unpacks to a thousand times its size", "refused at 1 MiB"],
    ["An older kind of sealing for a newer key", "refused"],
    ["Another key at a person who had one", "nothing is sent; the owner is told"],
    ["An older copy of a key, or one with foreign parts", "the newest of its owner is kept"],
    ["A key that has run out", "nothing is sent"],
    ["A letter to a key that was destroyed", "said to be unreadable"],
    ["A clock that is a month off", "the letter is kept, its time is not believed"],
    ["Markup and remote pictures in a letter", "text only, nothing is fetched"],
    ["Guessing by how failures are answered", "one answer for all"],
    ["Looking for the words of a letter in all files", "found nowhere"],
    ["Letters made by other programs", "read as their standard says"],
  ].map(([tried, must], at) => ({ id: `B${at + 1}`, tried, must })),
  // C: the vault
  { id: "C1", tried: "A wrong passphrase, or the old one after a change", must: "opens nothing" },
  {
    id: "C2",
    tried: "A header with cheaper, dearer or other parameters for the passphrase",
    must: "refused before the costly ones are run",
  },
  {
    id: "C3",
    tried: "A sealed file that is cut, flipped, reordered, swapped or longer",
    must: "nothing of what was altered is given",
  },
  {
    id: "C4",
    tried: "Killing the program while it writes, or changes the passphrase",
    must: "nothing that was taken is lost; one of the two passphrases opens",
  },
  {
    id: "C5",
    tried: "Looking for names, words, addresses and keys in every file",
    must: "found nowhere, also after deletion",
  },
  {
    id: "C6",
    tried: "Reading kinds and sizes from the names and sizes of sealed files",
    must: "names tell nothing, and sizes fall into few",
  },
  {
    id: "C7",
    tried: "Looking into swap and core dumps",
    must: "said in the threat model",
    none: "Nothing can be promised there; the threat model says so.",
  },
  {
    id: "C8",
    tried: "Unlocking after everything was wiped",
    must: "impossible",
    none: "There is no wipe yet.",
  },
  {
    id: "C9",
    tried: "A backup, and a newer passphrase",
    must: "sealed to a key of its own",
  },
  {
    id: "C10",
    tried: "Guessing the passphrase on the owner's page",
    must: "each try waits longer, and the owner is never locked out",
  },
  {
    id: "C11",
    tried: "A backup that is none, was cut off or altered, or has other places and kinds of entries in it",
    must: "the device stays as it was",
  },
  // D: what leaves this computer
  { id: "D1", tried: "Three people and a browser where no way leads out", must: "no packet asks for a way" },
  {
    id: "D2",
    tried: "Writing down every connection the program and its children begin",
    must: "only sockets of its own; Tor alone speaks to the network",
  },
  {
    id: "D3",
    tried: "Source that looks up names or opens connections outside src/tor",
    must: "the linter names it",
  },
  {
    id: "D4",
    tried: "Killing Tor while something is to be delivered",
    must: "nothing goes out, and it arrives when Tor is back",
  },
  {
    id: "D5",
    tried: "Watching what is asked of the proxy",
    must: "names only, with other credentials for each peer",
  },
  {
    id: "D6",
    tried: "Waiting for a call home: time, updates, statistics, crash reports",
    must: "none; every name asked for is one the owner knows",
  },
  {
    id: "D7",
    tried: "Tor, the picture process and the browser where no way leads out",
    must: "no packet of theirs asks for a way",
  },
  // E: the owner's pages and the public face
  {
    id: "E1",
    tried: "Other names for the owner's page, two, none, an old protocol, a proxy's form",
    must: "421 or 400",
  },
  { id: "E2", tried: "Requests that another page makes", must: "403" },
  { id: "E3", tried: "Two lengths for one body; headers without end", must: "400; 431" },
  {
    id: "E4",
    tried: "Two hundred connections that send nearly nothing",
    must: "all are cut; the owner's page answers meanwhile",
  },
  {
    id: "E5",
    tried: "Using a cookie or an entrance that another program got hold of",
    must: "the entrance works once, the cookie alone changes nothing",
  },
  { id: "E6", tried: "The owner's addresses on the public face", must: "as missing as anything else" },
  {
    id: "E7",
    tried: "Scripts hidden in the HTML or Markdown of a post, in names, options, files and other words",
    must: "none survives",
  },
  {
    id: "E8",
    tried: "Fifty thousand nested tags; Markdown that makes its reader look again and again",
    must: "cheap, and the words stay",
  },
  {
    id: "E9",
    tried: "An answer without its protective headers, or with telling ones",
    must: "every answer of both faces has them, errors too",
  },
  {
    id: "E10",
    tried: "A picture, film or sound with a place, a device or a time hidden in it",
    must: "only what is seen and heard remains; what cannot be cleaned is refused",
  },
  {
    id: "E11",
    tried: "A small picture that unpacks to 400 million dots",
    must: "refused before it is unpacked",
  },
  { id: "E12", tried: "SVG, HEIF, GIF, PDF or nothing as a picture", must: "refused by its first bytes" },
  {
    id: "E13",
    tried: "Uploads named ../, NUL, CON, 4 KiB long, or as a file of ours",
    must: "the name is used for nothing",
  },
  {
    id: "E14",
    tried: "Previews of links in posts",
    must: "no address in a post is ever asked for",
  },
  {
    id: "E15",
    tried: "Making the owner's page fetch an address, or a reader's browser ask a stranger",
    must: "by the id of a row only, and only what its first bytes say it is",
  },
  { id: "E16", tried: "Looking for addresses, tokens and words in the log", must: "none at any level" },
  {
    id: "E17",
    tried: "Telling private from missing, by answer or by time",
    must: "the same answer, in the same time",
  },
  {
    id: "E18",
    tried: "Telling that two addresses are one program, by clock or by marks",
    must: "no clock, no marks; both answer alike",
  },
  {
    id: "E20",
    tried:
      "Guessing links of guests, ten thousand sessions, a cookie of another run, a cookie that was planted",
    must: "the answer of what never was; nobody else is put out; only a cookie of our own making counts",
  },
  {
    id: "E24",
    tried:
      "A code to scan with hidden letters, a second line or another code beside it, or as a picture that is none",
    must: "refused in words, and nobody is asked for",
  },
];
