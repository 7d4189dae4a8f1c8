import { type Activity, AS, type Cast, type Recording, SECURITY } from "./cast.ts";

/** What a letter looks like from outside. What is in it, nobody here can tell: it opens with no key. */
const SEALED = Buffer.from(Array.from({ length: 1_400 }, (_, at) => (at * 151 + 7) % 256)).toString("base64");

/** A private message as another TSSOP sends it, and once more with the invitation that a scanned code brings. */
function tssop(c: Cast): Activity[] {
  const letter = (values: object = {}): Activity => {
    const id = `${c.origin}/acts/${c.next()}`;
    return {
      ...{ "@context": [AS, SECURITY], id, type: "Create", actor: c.me, to: [c.owner] },
      object: {
        ...{ id: `${id}#letter`, type: ["Note", "EncryptedMessage"], attributedTo: c.me, to: [c.owner] },
        ...{ summary: "A private message", mediaType: "application/pgp-encrypted", content: SEALED },
      },
      ...values,
    };
  };
  return [letter(), letter({ invite: "0c".repeat(16) })];
}

export const letters: Recording = { software: "TSSOP", activities: tssop };
