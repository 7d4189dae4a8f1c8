import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { requestAccepted } from "../../src/social/subscriptions/request-accepted.ts";
import { createFediverse, type Fediverse, type Member } from "./federated.ts";
import { createPeer, type Peer, type Signing } from "./peer.ts";

export const AS = "https://www.w3.org/ns/activitystreams";
export const PUBLIC = `${AS}#Public`;

/** Anna, whom a friend and an attacker write to by hand. She subscribes to both, so that nothing of theirs is dropped as uninteresting. */
export interface Besieged extends AsyncDisposable {
  readonly fediverse: Fediverse;
  readonly anna: Member;
  readonly friend: Peer;
  readonly attacker: Peer;
  readonly inbox: string;
  /** Somebody else on the friend's host, with keys of their own. */
  readonly neighbour: Peer;
  /** A peer on a host that nobody has seen. */
  stranger(name: string): Peer;
  /** A Note for everyone, each with an id of its own. */
  note(by: Peer, values?: object): { id: string; content: string };
  activity(by: Peer, type: string, object: unknown, values?: object): Record<string, unknown>;
  /** Signs and sends to Anna's shared inbox; the status of the answer. */
  send(by: Peer, what: unknown, how?: Signing): Promise<number>;
  /** Has a subscription to Anna, or a request that waits. */
  asks(peer: Peer): Promise<boolean>;
  stored(uri: string): Promise<Stored | null>;
}

export type Stored = { id: string; html: string; reach: string; author: { uri: string; gone: boolean } };

/** `limited`: see createFediverse. */
export async function besiege(how: { limited?: boolean } = {}): Promise<Besieged> {
  await using stack = new AsyncDisposableStack();
  const fediverse = stack.use(await createFediverse(how));
  const anna = await fediverse.join("Anna");
  const friend = fediverse.peer("friend.example", "fred");
  const attacker = fediverse.peer("attacker.example", "mallory");
  for (const peer of [friend, attacker]) await subscribe(anna, peer);
  const neighbour = createPeer(friend.host, "nina");
  for (const [path, document] of neighbour.documents) friend.documents.set(path, document);
  const inbox = `http://${anna.host}/inbox`;
  let count = 0;
  const closing = stack.move();
  return {
    fediverse,
    anna,
    friend,
    attacker,
    neighbour,
    inbox,
    stranger: (name) => fediverse.peer(`${name}${++count}.example`, name),
    note: (by, values = {}) => ({
      id: `${by.origin}/notes/${++count}`,
      type: "Note",
      attributedTo: by.uri,
      content: `<p>words ${count}</p>`,
      to: PUBLIC,
      ...values,
    }),
    activity: (by, type, object, values = {}) => ({
      "@context": AS,
      id: `${by.origin}/acts/${++count}`,
      type,
      actor: by.uri,
      object,
      to: PUBLIC,
      ...values,
    }),
    send: async (by, what, how) => (await fediverse.ask(by.signed(inbox, what, how))).status,
    asks: async ({ uri }) =>
      (await anna.store.read.subscription.count({
        where: { subscriber: { uri }, personId: anna.acting.me.ownerId },
      })) > 0,
    stored: (uri) => anna.store.read.post.findFirst({ where: { uri }, include: { author: true } }),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

async function subscribe({ acting, federation }: Member, peer: Peer): Promise<void> {
  const { personId } = await federation.lookUp(peer.uri);
  await acting.transact(async (tx) => {
    await askToSubscribe(tx, acting.me, personId, acting.now());
    await requestAccepted(tx, acting.me, personId, acting.now());
  });
}
