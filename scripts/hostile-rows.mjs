/**
 * What people who mean harm try, row by row, and what must happen. A test belongs to a row when its name, or the name of
 * a group it is in, begins with the row's id ("A15: …", "A19, A20: …").
 *
 * tried: what is sent, done or looked for. must: what has to come of it. none: why nothing can be tried yet; a row has
 * tests or this sentence, never both, and never neither.
 * @typedef {{ id: string, tried: string, must: string, none?: string }} HostileRow
 */

const noLetters = "Letters that are closed end to end are not built yet.";

/** @type {readonly HostileRow[]} */
export const hostileRows = [
  // A: what others send and serve
  {
    id: "A1",
    tried: "A key on one host that says it is somebody's on another host",
    must: "401, nothing stored",
  },
  { id: "A2", tried: "One's own key under an activity in somebody else's name", must: "401, nothing stored" },
  {
    id: "A3",
    tried: "No signature, an altered body, no digest, a date of two hours ago or ahead",
    must: "401, nothing stored",
  },
  { id: "A4", tried: "The same signed bytes a second time", must: "they take effect once" },
  { id: "A5", tried: "Signed bytes for one inbox, sent to another", must: "401" },
  { id: "A6", tried: "A post by somebody other than who sends it", must: "dropped" },
  { id: "A7", tried: "An activity whose id lies on another host than its actor", must: "dropped" },
  { id: "A8", tried: "An activity of two actors", must: "dropped" },
  {
    id: "A9",
    tried: "A second creation of a post that is here, with other words or other readers",
    must: "words and readers stay as they are",
  },
  {
    id: "A10",
    tried: "Changing, deleting or taking back what belongs to somebody else, also by a neighbour on one host",
    must: "nothing changes",
  },
  {
    id: "A11",
    tried: "Liking, passing on, voting in, asking to quote or answering a private post that one may not see",
    must: "no effect; nobody is kept or asked for it; the post is missing for them",
  },
  {
    id: "A12",
    tried: "Accepting a request nobody made; subscribing where the owner decides",
    must: "no effect; the request waits",
  },
  {
    id: "A13",
    tried: "JSON-LD with renamed terms, @graph, @included, @reverse, or a signature inside the body",
    must: "read by meaning with contexts kept here; only the signature of the request counts",
  },
  { id: "A14", tried: "Contexts at addresses that nobody knows, up to twenty", must: "nothing is fetched" },
  { id: "A15", tried: "JSON nested 5000 levels deep", must: "400 before it is parsed" },
  { id: "A16", tried: "A hundred thousand addressees", must: "400" },
  { id: "A17", tried: "A body of 8 MiB", must: "413 after 256 KiB" },
  { id: "A18", tried: "A compressed body", must: "415" },
  { id: "A19", tried: "Members called __proto__ and constructor", must: "no object of ours changes" },
  {
    id: "A20",
    tried: "The same member twice in one object",
    must: "who checks the signer and who acts read the same one",
  },
  {
    id: "A21",
    tried: "A key at an address of this computer, of the local network, in a file or in the name itself",
    must: "401, and no socket is opened",
  },
  {
    id: "A22",
    tried: "Redirects: more than three, in a circle, to another host, to this computer",
    must: "given up, and nobody else is asked",
  },
  {
    id: "A23",
    tried: "A document that says it lives elsewhere, or that is not ActivityPub by its type",
    must: "it is nobody",
  },
  {
    id: "A24",
    tried:
      "A file of ours that could be read as an actor: JSON picked as a picture, a picture asked for as JSON",
    must: "shown only as picture, film or sound, anything else for saving; never at the address of a post",
  },
  {
    id: "A25",
    tried: "An answer that drips, never ends, is huge, or is a page full of links",
    must: "cut off by time and size; pages of strangers are not read",
  },
  {
    id: "A26",
    tried: "Collections without end, in circles, or with other people's posts",
    must: "few pages of one host, each post read at its own address",
  },
  {
    id: "A27",
    tried: "Ten thousand keys, hosts, inboxes and pictures that lead nowhere or are large",
    must: "memory and waiting are bounded",
  },
  {
    id: "A28",
    tried: "A signature with a new key while the old one is still remembered",
    must: "asked for anew at most once in five minutes",
  },
  {
    id: "A29",
    tried: "A move to an account that does not confirm it, or by somebody muted",
    must: "nobody is moved; who is muted stays so",
  },
  {
    id: "A30",
    tried: "Ten thousand first contacts from addresses made for it",
    must: "200 wait, quietly and small; the next get 503 and come again, nobody is sent away, friends get through",
  },
  {
    id: "A31",
    tried: "Names, titles, options, emoji and other words that turn, hide, look like others, or never end",
    must: "one clean line of 64 letters, set apart from its surroundings; no words run the other way",
  },
  {
    id: "A32",
    tried: "Kinds of posts nobody knows, and ids that others use before their author does",
    must: "ignored; the author's own post is taken later",
  },
  {
    id: "A33",
    tried: "Activities with parts left out, doubled or swapped by chance",
    must: "never 5xx, and nothing is stored in another's name",
  },
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
  ].map(([tried, must], at) => ({ id: `B${at + 1}`, tried, must, none: noLetters })),
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
    none: "There are no backups yet.",
  },
  {
    id: "C10",
    tried: "Guessing the passphrase on the owner's page",
    must: "each try waits longer, and the owner is never locked out",
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
];
