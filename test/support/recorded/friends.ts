import { type Activity, AS, type Cast, type Recording } from "./cast.ts";

const FRIEND_OF = "http://purl.org/vocab/relationship/friendOf";

/** What another TSSOP says about friendship, and what somebody would who reads the standard for the first time. */
function tssop(c: Cast): Activity[] {
  const at = () => `${c.origin}/acts/${c.next()}`;
  const relationship = { type: "Relationship", subject: c.me, object: c.owner, relationship: FRIEND_OF };
  const says = (type: string, object: unknown, values: object = {}): Activity => ({
    ...{ "@context": AS, id: at(), type, actor: c.me, to: c.owner, object },
    ...values,
  });
  const asked = says("Offer", relationship, { id: `${at()}#offer`, content: "We met at the lake." });
  const { "@context": _, ...bare } = asked;
  const own = {
    ...{ type: "Offer", id: c.ownerOffer, actor: c.owner },
    object: { type: "Relationship", subject: c.owner, object: c.me, relationship: FRIEND_OF },
  };
  return [
    asked,
    says("Accept", own),
    says("Accept", own.id),
    says("Reject", own.id),
    says("Undo", bare),
    says("Offer", relationship, { summary: "Again" }),
    says("Undo", relationship),
    says("Offer", c.other, { target: c.owner, content: "You both row." }),
  ];
}

export const friends: Recording = { software: "TSSOP", activities: tssop };
