import { type Activity, AS, type Cast, PUBLIC, type Recording } from "./cast.ts";

const CONTEXT = [
  AS,
  "https://w3id.org/security/v1",
  "https://w3id.org/security/data-integrity/v1",
  {
    Emoji: "toot:Emoji",
    EmojiReact: "litepub:EmojiReact",
    Hashtag: "as:Hashtag",
    litepub: "http://litepub.social/ns#",
    misskey: "https://misskey-hub.net/ns#",
    proofPurpose: "sec:proofPurpose",
    proofValue: "sec:proofValue",
    quoteUrl: "as:quoteUrl",
    sensitive: "as:sensitive",
    toot: "http://joinmastodon.org/ns#",
    verificationMethod: "sec:verificationMethod",
  },
];
const WHEN = "2026-04-02T08:30:00.123456Z";

/** Mitra signs what it sends once more, inside (FEP-8b32). */
const proven = (c: Cast, activity: Activity): Activity => ({
  ...activity,
  proof: {
    "@context": CONTEXT,
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-jcs-2022",
    verificationMethod: `${c.me}#ed25519-key`,
    proofPurpose: "assertionMethod",
    created: WHEN,
    proofValue: "z3vGq5Jqh1yMZ2hQxC1nq5JqY2bN7rT9kWvXcUeRtYpLmKjHgFdSaQwErTyUioPAsDfGhJkLzXcVbNm",
  },
});

const act = (c: Cast, type: string, rest: object): Activity =>
  proven(c, {
    "@context": CONTEXT,
    type,
    id: `${c.origin}/activities/${type.toLowerCase()}/${c.next()}`,
    actor: c.me,
    to: [c.owner],
    cc: [],
    ...rest,
  });

function note(c: Cast, values: object = {}) {
  const id = `${c.origin}/objects/${c.next()}`;
  return {
    id,
    type: "Note",
    attributedTo: c.me,
    published: WHEN,
    content: "<p>Seeds are in the ground.</p>",
    contentMap: { en: "<p>Seeds are in the ground.</p>" },
    source: { content: "Seeds are in the ground.", mediaType: "text/markdown" },
    sensitive: false,
    context: `${c.origin}/collections/conversations/${c.next()}`,
    replies: `${id}/replies`,
    tag: [],
    to: [PUBLIC],
    cc: [`${c.me}/followers`],
    ...values,
  };
}

const audience = { to: [PUBLIC], cc: [] };

export const mitra: Recording = {
  software: "Mitra",
  activities: (c) => [
    act(c, "Follow", { object: c.owner }),
    act(c, "Accept", { object: c.ownerFollow }),
    act(c, "Reject", { object: c.ownerFollow }),
    act(c, "Undo", { object: `${c.origin}/activities/follow/${c.next()}` }),
    act(c, "Create", { object: note(c), ...audience }),
    act(c, "Create", {
      object: note(c, {
        quoteUrl: c.otherPost,
        tag: [
          {
            type: "Link",
            href: c.otherPost,
            mediaType: `application/ld+json; profile="${AS}"`,
            rel: ["https://misskey-hub.net/ns#_misskey_quote"],
          },
        ],
      }),
      ...audience,
    }),
    act(c, "Create", {
      object: note(c, {
        inReplyTo: c.ownerPost,
        tag: [{ type: "Mention", href: c.owner, name: "@owner@her.example" }],
        to: [c.owner],
      }),
    }),
    act(c, "Update", {
      object: note(c, { id: c.known, updated: WHEN, content: "<p>It grows.</p>" }),
      ...audience,
    }),
    act(c, "Update", {
      object: {
        id: c.me,
        type: "Person",
        preferredUsername: c.me.split("/").at(-1),
        name: "Seeds and weeds",
        summary: "<p>In the garden until dark.</p>",
        inbox: `${c.me}/inbox`,
        outbox: `${c.me}/outbox`,
        followers: `${c.me}/followers`,
        following: `${c.me}/following`,
        subscribers: `${c.me}/subscribers`,
        featured: `${c.me}/collections/featured`,
        assertionMethod: [
          {
            id: `${c.me}#ed25519-key`,
            type: "Multikey",
            controller: c.me,
            publicKeyMultibase: "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
          },
        ],
        gateways: [c.origin],
        manuallyApprovesFollowers: false,
        url: c.me,
        updated: WHEN,
      },
      ...audience,
    }),
    act(c, "Delete", { object: { id: c.known, type: "Tombstone", formerType: "Note" }, ...audience }),
    act(c, "Like", { object: c.ownerPost }),
    act(c, "EmojiReact", {
      object: c.ownerPost,
      content: ":sprout:",
      tag: [
        {
          type: "Emoji",
          id: `${c.origin}/objects/emojis/sprout`,
          name: ":sprout:",
          icon: { type: "Image", mediaType: "image/png", url: `${c.origin}/media/s.png` },
          updated: WHEN,
        },
      ],
    }),
    act(c, "Announce", { object: c.ownerPost, published: WHEN, to: [PUBLIC, c.owner] }),
    act(c, "Add", { object: c.known, target: `${c.me}/collections/featured` }),
    act(c, "Remove", { object: c.owner, target: `${c.me}/collections/subscribers` }),
    act(c, "Move", { object: c.me, target: c.other }),
  ],
};
