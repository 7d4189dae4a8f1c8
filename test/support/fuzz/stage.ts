import { idOf } from "../../../src/lib/ids.ts";
import { acceptFriend } from "../../../src/social/friends/answer.ts";
import { askToBeFriends } from "../../../src/social/friends/ask.ts";
import { bondWith } from "../../../src/social/friends/queries.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { askToSubscribe } from "../../../src/social/subscriptions/ask.ts";
import { requestAccepted } from "../../../src/social/subscriptions/request-accepted.ts";
import type { Besieged } from "../besieged.ts";
import type { Peer } from "../peer.ts";
import { type Cast, PUBLIC } from "../recorded/cast.ts";

const DAY = 24 * 60 * 60_000;
/** Marks of others on the owner's posts; once there are more, they are cleared, else nothing new has room. */
const MOST_MARKS = 12;

/** What there is to talk about: it is put back when an activity took it away. */
export type Stage = {
  readonly ownerPost: string;
  postOf(peer: Peer): string;
  castFor(sender: Peer, other: Peer): Promise<Cast>;
};

export async function createStage({ anna, ...at }: Besieged): Promise<Stage> {
  const { me, read } = anna.acting;
  const follows = new Map<string, string>();
  const offers = new Map<string, string>();
  /** By peer: a post of theirs that is named, one that the owner quotes, and the owner's post that does. */
  const posts = new Map<string, string>();
  const quoted = new Map<string, string>();
  const quoting = new Map<string, string>();
  const friends = [at.friend, at.attacker];
  let head = -1;
  let count = 0;
  let changes = 0;

  async function published(draft: Partial<Parameters<typeof publish>[2]>): Promise<string> {
    const whole = { text: "Soup at seven.", reach: "everyone" as const, ...draft };
    return anna.acting.transact(async (tx) => {
      const id = await publish(tx, me, whole, Date.now(), anna.acting.random);
      return (await tx.post.findUniqueOrThrow({ where: { id } })).uri;
    });
  }
  const poll = { options: ["Rye", "Wheat", "Oat"], multiple: true, endsIn: 20 * DAY };
  const [ownerPost, ownerPoll] = [await published({}), await published({ text: "Which bread?", poll })];

  async function isThere(uri: string | undefined): Promise<boolean> {
    return uri !== undefined && (await read.post.count({ where: { id: idOf(uri) } })) > 0;
  }

  async function writes(peer: Peer): Promise<string> {
    const note = at.note(peer, { to: [PUBLIC, me.ownerUri] });
    await at.send(peer, at.activity(peer, "Create", note));
    return note.id;
  }

  async function prepare(peer: Peer): Promise<void> {
    if (!(await isThere(posts.get(peer.uri)))) posts.set(peer.uri, await writes(peer));
    if (!friends.includes(peer) || (await isThere(quoted.get(peer.uri)))) return;
    const uri = await writes(peer);
    // Whoever left a moment ago waits at the gate, and what waits cannot be quoted.
    if (!(await isThere(uri))) return;
    quoted.set(peer.uri, uri);
    quoting.set(peer.uri, await published({ quoteOfId: idOf(uri) }));
  }

  async function subscribed(peer: Peer): Promise<string> {
    const personId = idOf(peer.uri);
    const where = { subscriberId_personId: { subscriberId: me.ownerId, personId } };
    const row = await read.subscription.findUnique({ where });
    if (row?.state === "accepted") return row.uri;
    const { personId: id } = await anna.federation.lookUp(peer.uri);
    await anna.acting.transact(async (tx) => {
      await askToSubscribe(tx, me, id, anna.acting.now());
      await requestAccepted(tx, me, id, anna.acting.now());
    });
    return (await read.subscription.findUnique({ where }))?.uri ?? "";
  }

  /** Asked by the owner, so that a yes has an effect; or friends already. */
  async function offered(peer: Peer): Promise<string> {
    const personId = idOf(peer.uri);
    const bond = await bondWith(read, personId);
    await anna.acting.transact(async (tx) => {
      if (bond === null) await askToBeFriends(tx, me, personId, "Friends?", anna.acting.now());
      if (bond?.state === "offered") await acceptFriend(tx, personId, anna.acting.now());
    });
    return (await bondWith(read, personId))?.uri || `${me.origin}/acts/0#offer`;
  }

  async function makeRoom(): Promise<void> {
    if (++changes % 5 > 0) return;
    const marks = (await read.reaction.count()) + (await read.pollVote.count());
    const stamps = await read.quoteStamp.count();
    if (marks + stamps <= MOST_MARKS && (await read.report.count()) === 0) return;
    await anna.acting.transact(async (tx) => {
      await tx.report.deleteMany();
      if (marks + stamps <= MOST_MARKS) return;
      await tx.reaction.deleteMany();
      await tx.pollVote.deleteMany();
      await tx.quoteStamp.deleteMany();
    });
  }

  return {
    ownerPost,
    postOf: (peer) => posts.get(peer.uri) ?? "",
    async castFor(sender, other) {
      const changed = anna.store.changes.head() !== head;
      if (changed || !follows.has(sender.uri)) {
        const isFriend = friends.includes(sender);
        follows.set(sender.uri, isFriend ? await subscribed(sender) : `${me.origin}/acts/0`);
        offers.set(sender.uri, isFriend ? await offered(sender) : `${me.origin}/acts/0#offer`);
        for (const peer of new Set([sender, ...friends])) await prepare(peer);
        await makeRoom();
        head = anna.store.changes.head();
      }
      return {
        ...{ me: sender.uri, origin: sender.origin, owner: me.ownerUri, ownerPost, ownerPoll },
        ownerQuoting: quoting.get(sender.uri) ?? ownerPost,
        ownerOffer: offers.get(sender.uri) ?? "",
        ownerFollow: follows.get(sender.uri) ?? "",
        known: posts.get(sender.uri) ?? "",
        quoted: quoted.get(sender.uri) ?? "",
        ...{ other: other.uri, otherPost: posts.get(other.uri) ?? "" },
        next: () => String(++count),
      };
    },
  };
}
