import { type Activity, AS, type Cast, PUBLIC, type Recording, SECURITY } from "./cast.ts";

const TERMS = {
  ostatus: "http://ostatus.org#",
  atomUri: "ostatus:atomUri",
  inReplyToAtomUri: "ostatus:inReplyToAtomUri",
  conversation: "ostatus:conversation",
  sensitive: "as:sensitive",
  toot: "http://joinmastodon.org/ns#",
  votersCount: "toot:votersCount",
  featured: { "@id": "toot:featured", "@type": "@id" },
  blurhash: "toot:blurhash",
  focalPoint: { "@container": "@list", "@id": "toot:focalPoint" },
  Emoji: "toot:Emoji",
  Hashtag: "as:Hashtag",
  quote: { "@id": "https://w3id.org/fep/044f#quote", "@type": "@id" },
  quoteUri: "http://fedibird.com/ns#quoteUri",
  _misskey_quote: "https://misskey-hub.net/ns#_misskey_quote",
  gts: "https://gotosocial.org/ns#",
  interactionPolicy: { "@id": "gts:interactionPolicy", "@type": "@id" },
  canQuote: { "@id": "gts:canQuote", "@type": "@id" },
  automaticApproval: { "@id": "gts:automaticApproval", "@type": "@id" },
};
const WHEN = "2026-03-14T15:09:26Z";

function status(c: Cast, values: object = {}): Record<string, unknown> {
  const id = `${c.me}/statuses/11${c.next()}`;
  return {
    id,
    type: "Note",
    summary: null,
    inReplyTo: null,
    published: WHEN,
    url: `${c.origin}/@somebody/${c.next()}`,
    attributedTo: c.me,
    to: [PUBLIC],
    cc: [`${c.me}/followers`],
    sensitive: false,
    atomUri: id,
    inReplyToAtomUri: null,
    conversation: `tag:${new URL(c.origin).host},2026-03-14:objectId=${c.next()}:objectType=Conversation`,
    context: `${c.origin}/contexts/${c.next()}`,
    content: "<p>Rain all day, and bread in the oven.</p>",
    contentMap: { en: "<p>Rain all day, and bread in the oven.</p>" },
    interactionPolicy: { canQuote: { automaticApproval: [PUBLIC] } },
    attachment: [],
    tag: [],
    replies: {
      id: `${id}/replies`,
      type: "Collection",
      first: { type: "CollectionPage", next: `${id}/replies?page=true`, partOf: `${id}/replies`, items: [] },
    },
    likes: { id: `${id}/likes`, type: "Collection", totalItems: 0 },
    shares: { id: `${id}/shares`, type: "Collection", totalItems: 0 },
    ...values,
  };
}

const create = (c: Cast, object: Record<string, unknown>): Activity => ({
  "@context": [AS, TERMS],
  id: `${object["id"]}/activity`,
  type: "Create",
  actor: c.me,
  published: WHEN,
  to: object["to"],
  cc: object["cc"],
  object,
});

/** Undone things come whole, and everything that is passed on carries a Linked Data signature. */
const linked = (c: Cast) => ({
  signature: {
    type: "RsaSignature2017",
    creator: `${c.me}#main-key`,
    created: WHEN,
    signatureValue: "c2lnbmVkIGJ5IG5vYm9keQ==",
  },
});

const mention = (c: Cast) => ({ type: "Mention", href: c.owner, name: "@owner@her.example" });
const follow = (c: Cast, id = `${c.origin}/${c.next()}`): Activity => ({
  "@context": AS,
  id,
  type: "Follow",
  actor: c.me,
  object: c.owner,
});
const answered = (c: Cast) => ({ id: c.ownerFollow, type: "Follow", actor: c.owner, object: c.me });

function posts(c: Cast): Activity[] {
  return [
    create(c, status(c)),
    create(
      c,
      status(c, {
        inReplyTo: c.ownerPost,
        inReplyToAtomUri: c.ownerPost,
        tag: [mention(c)],
        cc: [`${c.me}/followers`, c.owner],
      }),
    ),
    create(c, status(c, { to: [c.owner], cc: [], tag: [mention(c)], summary: "food", sensitive: true })),
    create(
      c,
      status(c, {
        tag: [
          { type: "Hashtag", href: `${c.origin}/tags/bread`, name: "#bread" },
          {
            id: `${c.origin}/emojis/9`,
            type: "Emoji",
            name: ":loaf:",
            updated: WHEN,
            icon: { type: "Image", mediaType: "image/png", url: `${c.origin}/emoji/9.png` },
          },
        ],
        attachment: [
          {
            type: "Document",
            mediaType: "image/jpeg",
            url: `${c.origin}/media/1.jpg`,
            name: "A loaf",
            blurhash: "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH",
            focalPoint: [0.1, -0.2],
            width: 640,
            height: 480,
          },
        ],
      }),
    ),
    create(c, status(c, { quote: c.otherPost, quoteUri: c.otherPost, _misskey_quote: c.otherPost })),
    create(
      c,
      status(c, {
        type: "Question",
        endTime: "2026-03-15T15:09:26Z",
        votersCount: 3,
        oneOf: ["Rye", "Wheat"].map((name) => ({
          type: "Note",
          name,
          replies: { type: "Collection", totalItems: 1 },
        })),
      }),
    ),
  ];
}

function person(c: Cast) {
  return {
    id: c.me,
    type: "Person",
    following: `${c.me}/following`,
    followers: `${c.me}/followers`,
    inbox: `${c.me}/inbox`,
    outbox: `${c.me}/outbox`,
    featured: `${c.me}/collections/featured`,
    preferredUsername: c.me.split("/").at(-1),
    name: "A new name",
    summary: "<p>Bakes, and walks.</p>",
    url: `${c.origin}/@somebody`,
    manuallyApprovesFollowers: true,
    discoverable: false,
    alsoKnownAs: [c.other],
    endpoints: { sharedInbox: `${c.origin}/inbox` },
    icon: { type: "Image", mediaType: "image/png", url: `${c.origin}/avatars/1.png` },
    attachment: [{ type: "PropertyValue", name: "Garden", value: "Potatoes" }],
    tag: [],
  };
}

const at = (c: Cast, suffix: string) => `${c.me}#${suffix}/${c.next()}`;

function changes(c: Cast): Activity[] {
  const edited = status(c, {
    id: c.known,
    content: "<p>Rain, then sun.</p>",
    updated: "2026-03-14T16:00:00Z",
  });
  return [
    {
      "@context": [AS, TERMS],
      id: at(c, "updates"),
      type: "Update",
      actor: c.me,
      published: WHEN,
      to: [PUBLIC],
      object: edited,
    },
    {
      "@context": [AS, SECURITY, TERMS],
      id: at(c, "updates"),
      type: "Update",
      actor: c.me,
      to: [PUBLIC],
      object: person(c),
      ...linked(c),
    },
    {
      "@context": [AS, TERMS],
      id: at(c, "delete"),
      type: "Delete",
      actor: c.me,
      to: [PUBLIC],
      object: { id: c.known, type: "Tombstone", atomUri: c.known },
      ...linked(c),
    },
    {
      "@context": AS,
      id: at(c, "delete"),
      type: "Delete",
      actor: c.me,
      to: [PUBLIC],
      object: c.me,
      ...linked(c),
    },
  ];
}

function relations(c: Cast): Activity[] {
  const asked = follow(c);
  return [
    asked,
    { "@context": AS, id: at(c, "accepts/follows"), type: "Accept", actor: c.me, object: answered(c) },
    { "@context": AS, id: at(c, "rejects/follows"), type: "Reject", actor: c.me, object: answered(c) },
    { "@context": AS, id: at(c, "follows/undo"), type: "Undo", actor: c.me, object: { ...asked } },
    { "@context": AS, id: at(c, "blocks"), type: "Block", actor: c.me, object: c.owner },
    {
      "@context": AS,
      id: at(c, "moves"),
      type: "Move",
      actor: c.me,
      object: c.me,
      target: c.other,
      to: `${c.me}/followers`,
    },
    {
      "@context": AS,
      id: `${c.origin}/${c.next()}`,
      type: "Flag",
      actor: c.me,
      content: "Look at this",
      object: [c.owner, c.ownerPost],
      to: c.owner,
    },
  ];
}

function reactions(c: Cast): Activity[] {
  const like = { "@context": AS, id: at(c, "likes"), type: "Like", actor: c.me, object: c.ownerPost };
  return [
    like,
    { "@context": AS, id: at(c, "likes/undo"), type: "Undo", actor: c.me, object: like },
    {
      "@context": [AS, TERMS],
      id: `${c.me}/statuses/${c.next()}/activity`,
      type: "Announce",
      actor: c.me,
      published: WHEN,
      to: [PUBLIC],
      cc: [c.owner, `${c.me}/followers`],
      object: c.ownerPost,
    },
    ...(["Add", "Remove"] as const).map((type) => ({
      "@context": AS,
      id: at(c, type.toLowerCase()),
      type,
      actor: c.me,
      object: c.known,
      target: `${c.me}/collections/featured`,
    })),
  ];
}

export const mastodon: Recording = {
  software: "Mastodon",
  activities: (c) => [...posts(c), ...changes(c), ...relations(c), ...reactions(c)],
};
