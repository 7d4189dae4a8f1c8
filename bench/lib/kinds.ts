import type { Peer } from "../../test/support/peer.ts";

/** What one round is about: the owner, an own post and an own poll of theirs, and who writes. */
export type Round = { owner: string; post: string; poll: string; peers: Peer[]; n: number };

/** One kind of activity; the first is what the others are compared to, and later ones build on earlier ones. */
export type Kind = { name: string; activity(peer: Peer, round: Round): object };

const AS = "https://www.w3.org/ns/activitystreams";
const PUBLIC = `${AS}#Public`;
const TERMS = {
  toot: "http://joinmastodon.org/ns#",
  Emoji: "toot:Emoji",
  Hashtag: "as:Hashtag",
  sensitive: "as:sensitive",
  votersCount: "toot:votersCount",
  litepub: "http://litepub.social/ns#",
  EmojiReact: "litepub:EmojiReact",
  QuoteRequest: "https://w3id.org/fep/044f#QuoteRequest",
  quote: { "@id": "https://w3id.org/fep/044f#quote", "@type": "@id" },
};
const WORDS = "The kettle is on, and the door is open. ".repeat(6);

const idOf = (peer: Peer, what: string, { n }: Round) => `${peer.uri}/${what}/${n}`;

function act(type: string, object: (peer: Peer, round: Round) => unknown, more: object = {}) {
  return (peer: Peer, round: Round) => ({
    "@context": [AS, TERMS],
    id: `${idOf(peer, "acts", round)}-${type}-${JSON.stringify(more).length}`,
    ...{ type, actor: peer.uri, to: [PUBLIC], cc: [round.owner] },
    object: object(peer, round),
    ...more,
  });
}

function post(what: string, values: (peer: Peer, round: Round) => object = () => ({})) {
  return (peer: Peer, round: Round) => ({
    ...{ id: idOf(peer, what, round), type: "Note", attributedTo: peer.uri },
    published: new Date().toISOString(),
    ...{ to: [PUBLIC], cc: [`${peer.uri}/followers`], content: `<p>${round.n} ${WORDS}</p>` },
    ...{ contentMap: { en: `<p>${round.n} ${WORDS}</p>` }, tag: [], attachment: [] },
    ...values(peer, round),
  });
}

/** The activity's id is the one of the post, so that no two are the same. */
const create =
  (what: string, values?: (peer: Peer, round: Round) => object) => (peer: Peer, round: Round) => {
    const object = post(what, values)(peer, round);
    return { ...act("Create", () => object)(peer, round), id: `${object.id}/activity` };
  };

const rich = (peer: Peer) => ({
  attachment: [
    {
      ...{ type: "Document", mediaType: "image/jpeg", url: `${peer.origin}/media/1.jpg`, name: "A loaf" },
      ...{ width: 640, height: 480, blurhash: "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH" },
    },
  ],
  tag: [
    ...["bread", "soup", "oats"].map((name) => ({
      ...{ type: "Hashtag", name: `#${name}`, href: `${peer.origin}/tags/${name}` },
    })),
    {
      ...{ type: "Emoji", id: `${peer.origin}/emojis/9`, name: ":loaf:" },
      icon: { type: "Image", mediaType: "image/png", url: `${peer.origin}/emoji/9.png` },
    },
  ],
});

const question = () => ({
  ...{ type: "Question", endTime: new Date(Date.now() + 3_600_000).toISOString(), votersCount: 0 },
  oneOf: ["Rye", "Wheat"].map((name) => ({
    ...{ type: "Note", name, replies: { type: "Collection", totalItems: 0 } },
  })),
});

const ofOwner = (_: Peer, round: Round) => round.post;
const owner = (_: Peer, round: Round) => round.owner;
const first = (peer: Peer, round: Round) => idOf(peer, "posts", round);
const changed = { content: "<p>The door is shut.</p>", contentMap: {}, updated: "2026-03-14T16:00:00Z" };

export const kinds: readonly Kind[] = [
  { name: "Create, a plain post", activity: create("posts") },
  { name: "Create, with a picture, hashtags and an emoji", activity: create("rich", rich) },
  { name: "Create, a poll", activity: create("polls", question) },
  {
    name: "Create, a long post of 20,000 letters",
    activity: create("long", () => ({
      ...{ type: "Article", name: "How bread rises", summary: "Slowly." },
      content: `<h2>Flour</h2>${`<p>${WORDS}</p>`.repeat(82)}`,
      contentMap: {},
    })),
  },
  {
    name: "Create, an answer to the owner",
    activity: create("answers", (_, { post: inReplyTo, owner: href }) => ({
      ...{ inReplyTo, tag: [{ type: "Mention", href, name: "@anna" }], cc: [href] },
    })),
  },
  {
    name: "a vote in the owner's poll",
    activity: create("votes", (_, { poll, owner: to }) => ({
      ...{ name: "Rye", inReplyTo: poll, to: [to], cc: [], content: undefined, contentMap: undefined },
    })),
  },
  { name: "Follow", activity: act("Follow", owner) },
  { name: "Undo Follow", activity: act("Undo", (peer, round) => act("Follow", owner)(peer, round)) },
  { name: "Like", activity: act("Like", ofOwner) },
  { name: "EmojiReact", activity: act("EmojiReact", ofOwner, { content: "🔥" }) },
  { name: "Undo Like", activity: act("Undo", (peer, round) => act("Like", ofOwner)(peer, round), { l: 1 }) },
  { name: "Announce, of the owner's post", activity: act("Announce", ofOwner) },
  {
    name: "QuoteRequest, with its post",
    activity: (peer, round) => ({
      ...act("QuoteRequest", ofOwner)(peer, round),
      instrument: post("quotes", () => ({ quote: round.post }))(peer, round),
    }),
  },
  {
    name: "Add, to the first posts",
    activity: (peer, round) => ({ ...act("Add", first)(peer, round), target: `${peer.uri}/featured` }),
  },
  {
    name: "Remove, from the first posts",
    activity: (peer, round) => ({ ...act("Remove", first)(peer, round), target: `${peer.uri}/featured` }),
  },
  {
    name: "Update, of a post",
    activity: act(
      "Update",
      post("posts", () => changed),
    ),
  },
  { name: "Delete, of a post", activity: act("Delete", first) },
  { name: "Flag", activity: act("Flag", (_, { owner: one, post: two }) => [one, two], { content: "Look" }) },
  {
    name: "Move, to be looked at later",
    activity: (peer, round) => ({
      ...act("Move", ({ uri }) => uri)(peer, round),
      target: `${round.peers.find((other) => other !== peer)?.uri}`,
    }),
  },
];
