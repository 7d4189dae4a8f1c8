import { type Activity, AS, type Cast, PUBLIC, type Recording } from "./cast.ts";

const TERMS = {
  QuoteRequest: "https://w3id.org/fep/044f#QuoteRequest",
  QuoteAuthorization: "https://w3id.org/fep/044f#QuoteAuthorization",
  quote: { "@id": "https://w3id.org/fep/044f#quote", "@type": "@id" },
  quoteAuthorization: { "@id": "https://w3id.org/fep/044f#quoteAuthorization", "@type": "@id" },
  quoteUri: "http://fedibird.com/ns#quoteUri",
  _misskey_quote: "https://misskey-hub.net/ns#_misskey_quote",
  gts: "https://gotosocial.org/ns#",
  interactionPolicy: { "@id": "gts:interactionPolicy", "@type": "@id" },
  canQuote: { "@id": "gts:canQuote", "@type": "@id" },
  automaticApproval: { "@id": "gts:automaticApproval", "@type": "@id" },
  manualApproval: { "@id": "gts:manualApproval", "@type": "@id" },
  interactingObject: { "@id": "gts:interactingObject", "@type": "@id" },
  interactionTarget: { "@id": "gts:interactionTarget", "@type": "@id" },
};
const CONTEXT = [AS, TERMS];
const WHEN = "2026-03-14T15:09:26Z";

/** A status that quotes, with the words that stand in for the quote elsewhere. */
function quoting(c: Cast, quoted: string, values: object = {}) {
  const id = `${c.me}/statuses/12${c.next()}`;
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
    quote: quoted,
    quoteUri: quoted,
    _misskey_quote: quoted,
    content: `<p class="quote-inline">RE: <a href="${quoted}">${quoted}</a></p><p>Just so.</p>`,
    interactionPolicy: {
      canQuote: { automaticApproval: [`${c.me}/followers`], manualApproval: [PUBLIC] },
    },
    attachment: [],
    tag: [],
    ...values,
  };
}

function activities(c: Cast): Activity[] {
  const asked = quoting(c, c.ownerPost);
  const request = (instrument: unknown) => ({
    id: `${asked.id}/quote`,
    type: "QuoteRequest",
    actor: c.me,
    object: c.ownerPost,
    instrument,
  });
  const ownQuestion = {
    id: `${c.ownerQuoting}#quote-request`,
    type: "QuoteRequest",
    actor: c.owner,
    object: c.quoted,
    instrument: c.ownerQuoting,
  };
  // The same each time, so that what is taken back is what was given.
  const stamp = `${c.me}/quote_authorizations/1`;
  const answer = (type: string) => ({
    "@context": CONTEXT,
    id: `${c.me}#${type.toLowerCase()}s/quote_requests/${c.next()}`,
    type,
    actor: c.me,
    to: c.owner,
    object: ownQuestion,
  });
  const allowed = quoting(c, c.otherPost, { quoteAuthorization: `${c.other}/quote_authorizations/3` });
  return [
    { "@context": CONTEXT, ...request(asked) },
    { "@context": CONTEXT, ...request(`${c.me}/statuses/12${c.next()}`) },
    { ...answer("Accept"), result: stamp },
    answer("Reject"),
    {
      "@context": CONTEXT,
      id: `${allowed.id}/activity`,
      type: "Create",
      actor: c.me,
      to: [PUBLIC],
      object: allowed,
    },
    {
      "@context": CONTEXT,
      id: `${allowed.id}#updates/${c.next()}`,
      type: "Update",
      actor: c.me,
      to: [PUBLIC],
      object: quoting(c, c.otherPost, {
        id: c.known,
        quoteAuthorization: `${c.other}/quote_authorizations/4`,
      }),
    },
    {
      "@context": CONTEXT,
      id: `${stamp}#delete`,
      type: "Delete",
      actor: c.me,
      to: [PUBLIC],
      object: {
        id: stamp,
        type: "QuoteAuthorization",
        attributedTo: c.me,
        interactingObject: c.ownerQuoting,
        interactionTarget: c.quoted,
      },
    },
  ];
}

export const mastodonQuotes: Recording = { software: "Mastodon, quotes", activities };
