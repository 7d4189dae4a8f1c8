import { systemRandom } from "../../src/lib/ids.ts";
import type { Acting } from "../../src/social/acting.ts";
import { addWelcome } from "../../src/social/gate/queries.ts";
import { requireIdentity } from "../../src/social/identity/load-identity.ts";
import { personById } from "../../src/social/people/find.ts";
import { savePerson } from "../../src/social/people/save-person.ts";
import type { PersonView } from "../../src/social/people/view.ts";
import { postById, postBySortKey } from "../../src/social/posts/find.ts";
import { receivePost } from "../../src/social/posts/receive-post.ts";
import type { PostView } from "../../src/social/posts/view.ts";
import { receiveRequest } from "../../src/social/subscriptions/receive-request.ts";
import type { Store } from "../../src/store/store.ts";
import { testStore } from "./people.ts";

/** One person's real, encrypted store, and others who come in as they would over the wire. */
export interface House extends AsyncDisposable {
  readonly acting: Acting;
  readonly store: Store;
  /** Somebody elsewhere becomes known here. */
  meet(handle: string, host: string): Promise<PersonView>;
  /** Their post arrives; its sort key, or "" when it was not taken. */
  hear(person: PersonView, post: { html: string; mentionsMe: boolean }): Promise<string>;
  /** They ask to subscribe. */
  isAsked(person: PersonView): Promise<void>;
  /** The owner let them in once: they are not unknown. */
  welcome(person: PersonView): Promise<void>;
  postOf(sortKey: string): Promise<PostView>;
}

export async function openHouse(name: string): Promise<House> {
  await using stack = new AsyncDisposableStack();
  // Every look at the clock is a millisecond later, so that nothing hangs on how quick the machine is.
  let time = Date.UTC(2026, 10, 3);
  const now = () => ++time;
  const store = stack.use(await testStore(now, name));
  const me = await requireIdentity(store.read);
  const acting: Acting = { me, read: store.read, transact: store.transact, now, random: systemRandom };
  const closing = stack.move();
  return { ...visitorsOf(acting), acting, store, [Symbol.asyncDispose]: () => closing.disposeAsync() };
}

function visitorsOf(acting: Acting): Pick<House, "meet" | "hear" | "isAsked" | "welcome" | "postOf"> {
  const { me, now, read, transact } = acting;
  let count = 0;
  return {
    async meet(handle, host) {
      const id = await transact((tx) => savePerson(tx, cardOf(handle, host), now()));
      const person = await personById(read, id);
      if (person === null) throw new Error("nobody was saved");
      return person;
    },
    async hear(author, { html, mentionsMe }) {
      const uri = `http://${author.host}/posts/${++count}`;
      const card = {
        uri,
        authorId: author.id,
        kind: "note" as const,
        html,
        title: "",
        warning: "",
        language: "",
        url: "",
        reach: "everyone" as const,
        publishedAt: now(),
        editedAt: 0,
        replyToUri: "",
        mentions: mentionsMe ? [me.ownerId] : [],
        to: [],
      };
      await transact((tx) => receivePost(tx, me, card, now()));
      const row = await read.post.findFirst({ where: { uri } });
      return row === null ? "" : ((await postById(read, me, row.id))?.sortKey ?? "");
    },
    async isAsked(person) {
      await transact((tx) => receiveRequest(tx, me, person.id, `${person.uri}/acts/${++count}`, now()));
    },
    welcome: ({ id }) => transact((tx) => addWelcome(tx, id, now())),
    async postOf(sortKey) {
      const post = await postBySortKey(read, me, sortKey);
      if (post === null) throw new Error("no such post");
      return post;
    },
  };
}

function cardOf(handle: string, host: string) {
  const uri = `http://${host}/people/${handle}`;
  return {
    uri,
    handle,
    host,
    name: handle,
    aboutHtml: "",
    url: "",
    inbox: `${uri}/inbox`,
    sharedInbox: `http://${host}/inbox`,
    followersUri: `${uri}/followers`,
    outboxUri: `${uri}/outbox`,
    featuredUri: `${uri}/featured`,
    pictureUrl: "",
    approves: true,
    automated: false,
  };
}
