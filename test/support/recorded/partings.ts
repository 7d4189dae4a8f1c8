import { type Activity, AS, type Cast, PUBLIC, type Recording, SECURITY } from "./cast.ts";

/** What four programs send when people part: blocks taken back, reports, moves, and pages that speak of a move. */
const MOVED = {
  alsoKnownAs: { "@id": "as:alsoKnownAs", "@type": "@id" },
  movedTo: { "@id": "as:movedTo", "@type": "@id" },
};

const page = (c: Cast) => ({
  id: c.me,
  type: "Person",
  preferredUsername: c.me.split("/").at(-1),
  name: "Gone over there",
  inbox: `${c.me}/inbox`,
  outbox: `${c.me}/outbox`,
  followers: `${c.me}/followers`,
  movedTo: c.other,
});

function mastodon(c: Cast): Activity[] {
  const of = (what: string) => `${c.me}#${what}/${c.next()}`;
  const block = { id: of("blocks"), type: "Block", actor: c.me, object: c.owner };
  const flag = (values: object): Activity => ({
    ...{ "@context": AS, id: `${c.origin}/${c.next()}`, type: "Flag", actor: c.me, to: c.owner },
    ...values,
  });
  return [
    { "@context": AS, id: of("blocks/undo"), type: "Undo", actor: c.me, object: block },
    flag({ content: "", object: c.owner }),
    flag({ content: "Look at this", object: [c.owner, c.ownerPost, `${c.ownerPost}0`] }),
    {
      "@context": [AS, SECURITY, MOVED],
      ...{ id: of("updates"), type: "Update", actor: c.me, to: [PUBLIC] },
      object: { ...page(c), alsoKnownAs: [c.other, c.owner] },
    },
  ];
}

function gotosocial(c: Cast): Activity[] {
  const at = (what: string) => `${c.me}/${what}/01${c.next()}`;
  const block = { actor: c.me, cc: c.owner, id: at("blocks"), object: c.owner, to: c.owner, type: "Block" };
  return [
    {
      "@context": AS,
      actor: c.me,
      cc: c.owner,
      id: `${block.id}#undo`,
      object: block,
      to: c.owner,
      type: "Undo",
    },
    {
      "@context": [AS, MOVED],
      ...{ actor: c.me, id: at("updates"), to: PUBLIC, type: "Update" },
      object: { ...page(c), alsoKnownAs: c.other },
    },
  ];
}

function snac(c: Cast): Activity[] {
  return [
    {
      "@context": AS,
      type: "Move",
      id: `${c.me}/d/${c.next()}/Move`,
      actor: c.me,
      object: c.me,
      target: c.other,
      to: [PUBLIC],
    },
  ];
}

function mitra(c: Cast): Activity[] {
  return [
    {
      "@context": [AS, MOVED],
      ...{ type: "Move", id: `${c.origin}/activities/move/${c.next()}`, actor: c.me },
      ...{ object: c.me, target: c.other, to: [`${c.me}/followers`], cc: [] },
    },
  ];
}

export const partings: Recording = {
  software: "Mastodon, Mitra, GoToSocial, snac",
  activities: (c) => [...mastodon(c), ...gotosocial(c), ...snac(c), ...mitra(c)],
};
