/**
 * A: what others send and serve.
 * @type {readonly import("./hostile-rows.mjs").HostileRow[]}
 */
export const rowsOfTheWire = [
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
    tried: "Collections and lists of answers without end, in circles, or with other people's posts",
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
  {
    id: "A34",
    tried: "A word about who subscribes that is forged, of somebody else, of another host, or without end",
    must: "ignored, and nothing is fetched",
  },
  {
    id: "A35",
    tried: "A read of the profile that is signed with another key than it names, to get what is for friends",
    must: "it is answered as a stranger's, and nobody's key is asked for who gets no more than strangers",
  },
  {
    id: "A36",
    tried: "A profile with ten thousand lines, with scripts in them, or with names that turn and hide",
    must: "50 lines, each clean and short",
  },
  {
    id: "A37",
    tried:
      "Asking for a link to the pages as a stranger, in a friend's name or a second time; a link that leads elsewhere",
    must: "answered as what never was, without a key being fetched; only a link to who was asked is believed",
  },
];
