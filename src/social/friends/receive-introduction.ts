import { idOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { addNotice } from "../notices/add-notice.ts";
import { planFace } from "../people/face.ts";
import type { PersonCard } from "../people/person.ts";
import { isBlockedId, isHostBlocked, personFacts } from "../people/queries.ts";
import { savePerson } from "../people/save-person.ts";
import { LONGEST_WORDS } from "./friendship.ts";
import { countIntroductions, introductionRow, isFriend, saveIntroduction } from "./queries.ts";

/** So many one friend may introduce; who makes more of it is no friend. */
const MOST = 50;

export type Introduced = { byId: string; uri: string; host: string; words: string };

/**
 * A friend says that the owner and somebody might know each other. From now on that person comes past the gate. ignored:
 * it is by no friend, about somebody blocked or about one of the two. unknown: nothing is known of them but where they are.
 */
export async function receiveIntroduction(
  tx: Tx,
  me: Identity,
  { byId, uri, host, words }: Introduced,
  now: number,
): Promise<"ignored" | "kept" | "unknown"> {
  const personId = idOf(uri);
  // Nobody lives at the owner's onion but the owner, whatever else of it is named.
  const isOneOfThem = personId === me.ownerId || host === me.onion || personId === byId;
  if (isOneOfThem || !(await isFriend(tx, byId))) return "ignored";
  if ((await isBlockedId(tx, personId)) || (await isHostBlocked(tx, host))) return "ignored";
  const key = { personId, byId, toId: "" };
  const isNew = (await introductionRow(tx, key)) === null;
  if (isNew && (await countIntroductions(tx, byId)) >= MOST) return "ignored";
  const before = await personFacts(tx, personId);
  if (before?.gone === true) return "ignored";
  if (before === null) await savePerson(tx, placeholder(uri, host), now);
  await saveIntroduction(tx, key, cleanLine(words, LONGEST_WORDS), now);
  await planFace(tx, personId, now);
  if (isNew && !(await isFriend(tx, personId)))
    await addNotice(tx, { kind: "introduced", personId: byId, postId: "", detail: personId }, now);
  return before === null || before.inbox === "" ? "unknown" : "kept";
}

/** Until their own device was asked: the end of their address stands for the name. */
function placeholder(uri: string, host: string): PersonCard {
  const handle = new URL(uri).pathname.split("/").findLast((part) => part !== "") ?? "";
  return {
    ...{ uri, host, handle: handle.replace(/^@/, "").slice(0, 64), name: "", aboutHtml: "", url: uri },
    ...{ inbox: "", sharedInbox: "", followersUri: "", outboxUri: "", featuredUri: "", pictureUrl: "" },
    ...{ approves: false, automated: false },
  };
}
