import { NodeError } from "../../../lib/errors.ts";
import { personByAddress, personById, personByUri } from "../../../social/people/find.ts";
import { searchPeople } from "../../../social/people/search.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { postById } from "../../../social/posts/find.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { findTags } from "../../../social/tags/find-tags.ts";
import { type Answer, type Call, siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { flag, text, whole } from "../fields.ts";
import { statusesOf } from "../find.ts";
import { accountOf } from "../shapes/account.ts";
import { wholeTagOf } from "../shapes/tag.ts";

/** `resolve`: whoever or whatever is not known here may be asked for over the network. */
type Wanted = { words: string; resolve: boolean; limit: number };

export function searchRoutes(door: Door): void {
  door.get("/api/v2/search", "read:search", search);
}

async function search(call: Call): Promise<Answer> {
  const { fields } = call;
  const type = text(fields, "type") ?? "";
  const wanted: Wanted = {
    words: (text(fields, "q") ?? "").trim(),
    resolve: flag(fields, "resolve"),
    limit: whole(fields, "limit", { normal: 20, min: 1, max: 40 }),
  };
  // There is never more than one page.
  const further = (text(fields, "offset") ?? "0") !== "0";
  const post = further || !["", "statuses"].includes(type) ? null : await findPost(call, wanted);
  const people =
    further || post !== null || !["", "accounts"].includes(type) ? [] : await findPeople(call, wanted);
  const tags =
    further || !["", "hashtags"].includes(type)
      ? []
      : await findTags(call.acting.read, wanted.words, wanted.limit);
  return {
    json: {
      accounts: people.map((person) => accountOf(person, siteOf(call))),
      statuses: post === null ? [] : await statusesOf(call, [post]),
      hashtags: tags.map((tag) => wholeTagOf(tag, siteOf(call))),
    },
  };
}

/** Posts are found by their address alone. */
async function findPost(call: Call, wanted: Wanted): Promise<PostView | null> {
  const { acting } = call;
  if (!isUrl(wanted.words) || !wanted.resolve) return null;
  const found = await acting.lookUpPost(wanted.words);
  return found === null ? null : postById(acting.read, acting.me, found.postId);
}

/** Who is known by that address or name; else, if asked to, whoever is there on the network. */
export async function findPeople(call: Call, wanted: Wanted): Promise<PersonView[]> {
  const { acting } = call;
  const { words } = wanted;
  if (words === "") return [];
  const exact = await knownBy(call, words);
  const known = exact === null || exact.gone ? null : exact;
  const whole = isUrl(words) || words.replace(/^@/, "").includes("@");
  if (known !== null && whole) return [known];
  if (wanted.resolve && looksLikeAddress(words)) {
    const met = await meet(call, words);
    if (met !== null) return [met];
  }
  const found = await searchPeople(acting.read, words.replace(/^@/, ""), wanted.limit);
  return known === null ? found : [known, ...found.filter((person) => person.id !== known.id)];
}

/** A bare handle is the owner's, as everywhere in this API. */
async function knownBy(call: Call, words: string): Promise<PersonView | null> {
  const { me, read } = call.acting;
  if (isUrl(words)) return personByUri(read, words);
  const address = words.replace(/^@/, "").toLowerCase();
  return personByAddress(read, address.includes("@") ? address : `${address}@${me.onion}`);
}

/** null: nobody is there. Off, or no network, is said aloud: an empty list would look like a wrong address. */
async function meet(call: Call, words: string): Promise<PersonView | null> {
  const { acting } = call;
  try {
    const { personId } = await acting.lookUp(words);
    return await personById(acting.read, personId);
  } catch (error) {
    const nobody = ["address-not-understood", "address-own", "person-not-found"];
    if (error instanceof NodeError && nobody.includes(error.code)) return null;
    throw error;
  }
}

function isUrl(words: string): boolean {
  return /^https?:\/\//i.test(words);
}

/** "name@host", "@name@host", an address of the web, or a bare onion name. */
function looksLikeAddress(words: string): boolean {
  return isUrl(words) || /^@?[^\s@]+@[^\s@]+\.[^\s@]+$/.test(words) || /^[a-z2-7]{56}\.onion$/i.test(words);
}
