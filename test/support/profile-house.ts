import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createFederation } from "../../src/federation/federation.ts";
import { idOf, systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { quietServer } from "../../src/listening.ts";
import { makeAudience } from "../../src/social/audiences/make.ts";
import { putIn } from "../../src/social/audiences/put-in.ts";
import { personById } from "../../src/social/people/find.ts";
import { addField } from "../../src/social/profile/add-field.ts";
import { type FieldKind, forFriends } from "../../src/social/profile/fields.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { createVisitorServer } from "../../src/web/visitor/server.ts";
import { befriend } from "./friends.ts";
import { type Answer, exchange } from "./owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "./owner-desk.ts";
import { createPeer, type Peer } from "./peer.ts";

/** The owner's pages, the visitor's and the actor document over one store, and people with each kind of tie. */
export interface ProfileHouse extends AsyncDisposable {
  readonly desk: OwnerDesk;
  readonly peers: { sam: Peer; mia: Peer; ruth: Peer };
  readonly family: string;
  /** The visitor's page, for somebody who came by with a session. */
  visit(path: string, who: Peer | null): Promise<Answer>;
  /** The lines of the actor document, for whoever signs. */
  actorLines(who: Peer | null): Promise<{ label: string; html: string }[]>;
}

const NOW = Date.UTC(2026, 10, 3, 12);

/** Sam subscribes, Mia is a friend, and Ruth is in Family and nothing else. */
export async function openProfileHouse(): Promise<ProfileHouse> {
  await using stack = new AsyncDisposableStack();
  const desk = stack.use(await openOwnerDesk());
  desk.acting.now = () => NOW;
  const { acting, house } = desk;
  const peer = (name: string) => createPeer(`${name}.example`, name);
  const peers = { sam: peer("sam"), mia: peer("mia"), ruth: peer("ruth") };
  for (const one of Object.values(peers)) await house.meet(new URL(one.uri).pathname.slice(7), one.host);
  const ids = await knownIds(desk, peers);
  await house.isAsked(await personRow(desk, ids.sam));
  await acting.transact((tx) => acceptRequest(tx, acting.me, ids.sam, NOW));
  await acting.transact((tx) => befriend(tx, ids.mia, NOW));
  const family = await acting.transact((tx) => makeAudience(tx, "Family", NOW, systemRandom));
  await acting.transact((tx) => putIn(tx, acting.me, family, [ids.ruth], NOW));
  await tenLines(desk, family, ids.ruth);

  const before = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const found = Object.values(peers).find(({ host }) => host === new URL(request.url).host);
    if (found === undefined) throw new TypeError("fetch failed");
    return found.handle(request);
  };
  stack.defer(() => {
    globalThis.fetch = before;
  });
  const federation = stack.use(
    await createFederation({
      ...{ store: house.store, identity: acting.me, onContact: () => {}, descriptor: async () => false },
      ...{
        now: Date.now,
        random: systemRandom,
        log: createLog(() => {}, "silent"),
        allowsOutside: () => true,
      },
    }),
  );
  const app = createVisitorServer(
    {
      acting: () => desk.acting,
      ...{ federation: async () => null, wait: () => 0, media: async () => null },
      // Whoever names a person comes in as them: how links are made is looked at elsewhere.
      blob: async () => null,
      doors: { random: systemRandom, enter: (personId) => personId, opened: async () => {} },
      log: createLog(() => {}, "silent"),
    },
    { publicFolder: "public" },
  );
  const server = quietServer({ connections: 10 }, app);
  stack.defer(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const closing = stack.move();
  return {
    ...{ desk, peers, family },
    async visit(path, who) {
      const language = { "accept-language": "en" };
      if (who === null) return exchange(port, "GET", path, language);
      const { headers } = await exchange(port, "GET", `/enter/${idOf(who.uri)}`, language);
      const [cookie = ""] = String(headers["set-cookie"]).split(";");
      return exchange(port, "GET", path, { ...language, cookie });
    },
    async actorLines(who) {
      const accept = { accept: "application/activity+json" };
      const { ownerUri } = acting.me;
      const request = who === null ? new Request(ownerUri, { headers: accept }) : who.signedGet(ownerUri);
      const response = await federation.handle(request);
      if (response === null) throw new Error("no answer");
      const { attachment = [] } = (await response.json()) as { attachment?: unknown };
      const lines = ([attachment].flat() as { type: string; name: string; value: string }[]).filter(
        ({ type }) => type === "PropertyValue",
      );
      return lines.map(({ name, value }) => ({
        ...{ label: name, html: value },
      }));
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** People of the house have their own kind of address; here they live where the peers do. */
async function knownIds(desk: OwnerDesk, peers: ProfileHouse["peers"]) {
  const ids = { sam: idOf(peers.sam.uri), mia: idOf(peers.mia.uri), ruth: idOf(peers.ruth.uri) };
  await desk.acting.transact(async (tx) => {
    for (const { uri, host } of Object.values(peers)) {
      const old = await tx.person.findFirstOrThrow({ where: { host } });
      await tx.person.delete({ where: { id: old.id } });
      await tx.person.create({ data: { ...old, id: idOf(uri), uri, inbox: `${uri}/inbox` } });
    }
  });
  return ids;
}

async function personRow({ acting }: OwnerDesk, id: string) {
  const person = await personById(acting.read, id);
  if (person === null) throw new Error("nobody");
  return person;
}

async function tenLines({ acting }: OwnerDesk, family: string, ruth: string): Promise<void> {
  const everyone = { reach: "everyone" as const, people: [], audiences: [], without: [] };
  const subscribers = { ...everyone, reach: "subscribers" as const };
  const chosen = { ...everyone, reach: "chosen" as const };
  const lines: [FieldKind, string, string, typeof everyone | object][] = [
    ["place", "Lives in", "Freiburg", everyone],
    ["link", "Page", "https://nora.example/?a=1&b=2", everyone],
    ["list", "Languages", "English\nDeutsch", subscribers],
    ["text", "Works at", "School <at the mill> & choir", { ...subscribers, audiences: ["friends"] }],
    ["date", "Birthday", "1984-04-14", forFriends],
    ["text", "Favourite tea", "see https://tea.example", forFriends],
    ["text", "Phone", "0761 555 0143", { ...chosen, audiences: [family] }],
    ["date", "Wedding day", "06-21", { ...chosen, audiences: [family] }],
    ["text", "Door code", "4711", { ...chosen, people: [ruth] }],
    ["text", "Afraid of", "Moths", { ...everyone, reach: "me" as const }],
  ];
  for (const [kind, label, value, seen] of lines) {
    const draft = { kind, label, value, seen: { ...everyone, ...seen } };
    await acting.transact((tx) => addField(tx, acting.me, draft, NOW, systemRandom));
  }
}
