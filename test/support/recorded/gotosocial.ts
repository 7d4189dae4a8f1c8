import { type Activity, AS, type Cast, PUBLIC, type Recording } from "./cast.ts";

const CONTEXT = ["https://gotosocial.org/ns", AS, { sensitive: "as:sensitive" }];
const WHEN = "2026-05-20T10:40:37+02:00";
const byAll = { always: [PUBLIC], approvalRequired: [], automaticApproval: [PUBLIC], manualApproval: [] };

/** Single values are never put into a list. */
function note(c: Cast, values: object = {}) {
  const id = `${c.me}/statuses/01F8MH${c.next()}`;
  return {
    attachment: [
      {
        type: "Image",
        mediaType: "image/webp",
        url: `${c.origin}/fileserver/1/attachment/original/1.webp`,
        summary: "A kettle on a stove",
        name: "A kettle on a stove",
        blurhash: "LNABP8o#Dge,S6M}axxVEQjYxaaf",
        focalPoint: [0, 0],
      },
    ],
    attributedTo: c.me,
    cc: `${c.me}/followers`,
    content: "<p>the hens are laying again</p>",
    contentMap: { en: "<p>the hens are laying again</p>" },
    id,
    interactionPolicy: { canAnnounce: byAll, canLike: byAll, canReply: byAll },
    published: WHEN,
    replies: {
      first: {
        id: `${id}/replies?page=true`,
        next: `${id}/replies?page=true&only_other_accounts=false`,
        partOf: `${id}/replies`,
        type: "CollectionPage",
      },
      id: `${id}/replies`,
      type: "Collection",
    },
    sensitive: false,
    summary: "",
    tag: [],
    to: PUBLIC,
    type: "Note",
    url: `${c.origin}/@somebody/statuses/01F8MH`,
    ...values,
  };
}

const act = (c: Cast, type: string, rest: object): Activity => ({
  "@context": AS,
  actor: c.me,
  id: `${c.me}/${type.toLowerCase()}s/01G20ZM${c.next()}`,
  to: c.owner,
  type,
  ...rest,
});
const wrap = (c: Cast, type: string, object: object): Activity => ({
  ...act(c, type, { object, to: PUBLIC, cc: `${c.me}/followers`, published: WHEN }),
  "@context": CONTEXT,
});

const answered = (c: Cast) => ({ actor: c.owner, id: c.ownerFollow, object: c.me, to: c.me, type: "Follow" });
const asked = (c: Cast) => ({
  actor: c.me,
  id: `${c.me}/follow/01FFC${c.next()}`,
  object: c.owner,
  to: c.owner,
  type: "Follow",
});

export const gotosocial: Recording = {
  software: "GoToSocial",
  activities: (c) => [
    act(c, "Follow", asked(c)),
    act(c, "Accept", { object: answered(c) }),
    act(c, "Reject", { object: answered(c) }),
    act(c, "Undo", { object: asked(c) }),
    wrap(c, "Create", note(c)),
    wrap(
      c,
      "Create",
      note(c, {
        inReplyTo: c.ownerPost,
        tag: { href: c.owner, name: "@owner@her.example", type: "Mention" },
        cc: [c.owner, `${c.me}/followers`],
      }),
    ),
    wrap(
      c,
      "Create",
      note(c, { type: "Question", endTime: WHEN, anyOf: [{ type: "Note", name: "eggs" }], votersCount: 0 }),
    ),
    wrap(c, "Update", note(c, { id: c.known, content: "<p>no eggs today</p>", updated: WHEN })),
    act(c, "Update", {
      object: {
        discoverable: true,
        endpoints: { sharedInbox: `${c.origin}/sharedInbox` },
        followers: `${c.me}/followers`,
        hidesCcPublicFromUnauthedWeb: false,
        id: c.me,
        inbox: `${c.me}/inbox`,
        manuallyApprovesFollowers: true,
        name: "keeper of hens",
        outbox: `${c.me}/outbox`,
        preferredUsername: c.me.split("/").at(-1),
        published: WHEN,
        summary: "<p>five hens and one opinion</p>",
        tag: [],
        type: "Person",
        url: `${c.origin}/@somebody`,
      },
      to: PUBLIC,
    }),
    act(c, "Delete", { object: c.known, to: PUBLIC, cc: `${c.me}/followers` }),
    act(c, "Like", { object: c.ownerPost }),
    act(c, "Announce", {
      object: c.ownerPost,
      to: `${c.me}/followers`,
      cc: [c.owner, PUBLIC],
      published: WHEN,
    }),
    act(c, "ReplyRequest", {
      object: c.ownerPost,
      instrument: note(c, { inReplyTo: c.ownerPost }),
      to: c.owner,
    }),
    act(c, "ReplyRequest", {
      "@context": CONTEXT,
      object: c.ownerPost,
      instrument: `${c.me}/statuses/01F8MH9`,
      to: c.owner,
    }),
    act(c, "Add", {
      object: {
        ...wrap(c, "Create", note(c, { inReplyTo: c.known })),
        proof: { type: "DataIntegrityProof", verificationMethod: `${c.me}#key` },
      },
      target: `${c.me}/contexts/1`,
      to: c.owner,
    }),
    act(c, "Block", { object: c.owner }),
    act(c, "Flag", { object: [c.owner, c.ownerPost], content: "see for yourself" }),
    act(c, "Move", { object: c.me, target: c.other, to: `${c.me}/followers` }),
  ],
};
