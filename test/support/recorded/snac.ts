import { type Activity, AS, type Cast, PUBLIC, type Recording } from "./cast.ts";

const WHEN = "2026-06-01T06:00:00Z";

function note(c: Cast, values: object = {}) {
  const id = `${c.me}/p/1780293600.${c.next()}`;
  return {
    "@context": AS,
    type: "Note",
    id,
    published: WHEN,
    attributedTo: c.me,
    summary: "",
    content: "small boats go out<br>and come back",
    contentMap: { en: "small boats go out<br>and come back" },
    context: `${id}#ctxt`,
    url: id,
    to: [PUBLIC],
    cc: [],
    inReplyTo: null,
    tag: [],
    sourceContent: "small boats go out\nand come back",
    ...values,
  };
}

const act = (c: Cast, type: string, object: unknown, rest: object = {}): Activity => ({
  "@context": AS,
  type,
  id: `${c.me}/d/1780293600.${c.next()}/${type}`,
  actor: c.me,
  object,
  ...rest,
});

export const snac: Recording = {
  software: "snac",
  activities: (c) => [
    act(c, "Follow", c.owner),
    act(c, "Accept", { id: c.ownerFollow, type: "Follow", actor: c.owner, object: c.me }, { to: c.owner }),
    act(c, "Undo", { id: `${c.me}/d/1/Follow`, type: "Follow", actor: c.me, object: c.owner }),
    act(c, "Create", note(c), { published: WHEN, to: [PUBLIC], cc: [] }),
    act(
      c,
      "Create",
      note(c, {
        inReplyTo: c.ownerPost,
        to: [c.owner],
        tag: [{ type: "Mention", href: c.owner, name: "@owner@her.example" }],
      }),
    ),
    act(c, "Update", note(c, { id: c.known, content: "all boats are back", updated: WHEN }), {
      to: [PUBLIC],
    }),
    act(c, "Update", {
      type: "Person",
      id: c.me,
      url: c.me,
      name: "By the harbour",
      preferredUsername: c.me.split("/").at(-1),
      summary: "<p>Boats, mostly.</p>",
      published: WHEN,
      updated: WHEN,
      inbox: `${c.me}/inbox`,
      outbox: `${c.me}/outbox`,
      followers: `${c.me}/followers`,
      following: `${c.me}/following`,
      endpoints: { sharedInbox: `${c.origin}/shared-inbox` },
      icon: { type: "Image", mediaType: "image/png", url: `${c.origin}/s/avatar.png` },
      attachment: [
        { type: "Document", mediaType: "audio/mpeg", url: `${c.origin}/somebody/s/1.mp3`, name: "Rain" },
        { type: "Video", mediaType: "video/mp4", url: `${c.origin}/somebody/s/2.mp4`, name: "" },
      ],
      tag: [],
    }),
    act(c, "Delete", { type: "Tombstone", id: c.known }, { to: PUBLIC }),
    act(c, "Like", c.ownerPost, { to: [PUBLIC, c.owner] }),
    act(c, "EmojiReact", c.ownerPost, { content: "⛵", to: [PUBLIC, c.owner] }),
    act(c, "Announce", c.ownerPost, { to: [PUBLIC], cc: [c.owner] }),
    act(c, "Ping", c.owner),
  ],
};
