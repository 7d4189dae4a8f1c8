import { idOf } from "../../../src/lib/ids.ts";
import type { Change } from "../../../src/store/changes.ts";
import type { Member } from "../federated.ts";
import type { Peer } from "../peer.ts";

/** Looks at every row that handling an activity changed, and says which were not the sender's to change. */
export interface Watch {
  /** What came so far is nobody's fault. */
  look(): Promise<void>;
  /** Whether the last activity changed anything. */
  changed(): boolean;
  /** What is wrong since then; [] as it should be. */
  faults(sender: Peer): Promise<string[]>;
  /** What is wrong with what the work did that followed. */
  harm(): Promise<string[]>;
  /** Work that was written since then, and not yet done. */
  work(): Promise<
    { id: string; kind: string; peer: string; about: Record<string, string>; createdAt: number }[]
  >;
}

type Known = { authorId: string; words: string; quote: string; boostedAuthor: string };

/** `blockedId`: of a person from whom nothing may come. */
export async function watch(member: Member, blockedId: string): Promise<Watch> {
  const { store, acting } = member;
  const ownerId = acting.me.ownerId;
  const posts = new Map<string, Known>();
  const notices = new Map<string, string>();
  const attachments = new Map<string, string>();
  let seen = 0;
  let jobs: string[] = [];
  let changed = false;

  const news = (): Change[] => store.changes.since(seen, 10_000);

  async function postFault(change: Change, me: string): Promise<string | null> {
    const before = posts.get(change.id);
    const row = change.deleted ? null : await store.read.post.findUnique({ where: { id: change.id } });
    if (row === null) {
      posts.delete(change.id);
      // What passes a post on goes with it.
      const isTheirs = before === undefined || before.authorId === me || before.boostedAuthor === me;
      return isTheirs ? null : "deleted another's post";
    }
    // Not the thread: it grows together when a post in between arrives.
    const words = JSON.stringify([
      ...[row.uri, row.kind, row.html, row.title, row.warning, row.language, row.sensitive, row.reach],
      ...[
        row.replyToUri,
        row.own,
        row.pinnedAt,
        row.boostOfUri,
        row.quoteOfUri,
        row.quotable,
        row.publishedAt,
      ],
    ]);
    const quote = JSON.stringify([row.quoteState, row.quoteStamp]);
    const [quotedAuthor, boostedAuthor = ""] = [row.quoteOfId, row.boostOfId].map(
      (id) => posts.get(id)?.authorId,
    );
    posts.set(change.id, { authorId: row.authorId, words, quote, boostedAuthor });
    if (row.authorId === blockedId) return "a post of somebody blocked";
    if (before !== undefined && before.authorId !== row.authorId) return "a post went to another author";
    if (row.authorId === me) return row.own ? "made a post the owner's own" : null;
    if (before?.words !== words) return `changed or made a post of another: ${row.uri}`;
    // Whoever is quoted gives leave and takes it back, nobody else.
    return before.quote === quote || quotedAuthor === me ? null : `leave of another: ${row.uri}`;
  }

  /** On an own post, by who signed; gone by their own word or with its post. */
  function reactionFault(change: Change, me: string): string | null {
    const [postId = "", personId = ""] = change.id.split("/");
    if (change.deleted) return personId === me || belongs(postId, me) ? null : "took back another's reaction";
    if (personId !== me) return "a reaction of another";
    return posts.get(postId)?.authorId === ownerId ? null : "a reaction to what is not the owner's";
  }

  async function noticeFault(change: Change, me: string): Promise<string | null> {
    const row = change.deleted ? null : await store.read.notice.findUnique({ where: { id: change.id } });
    const personId = row?.personId ?? notices.get(change.id) ?? me;
    notices.set(change.id, personId);
    return personId === me ? null : "a notice about another";
  }

  /** Somebody new whom this friend of the owner's named: no more is kept of them than where they are. */
  async function isIntroduced(id: string, me: string): Promise<boolean> {
    const person = await store.read.person.findUnique({ where: { id } });
    const by = await store.read.introduction.findFirst({ where: { personId: id, byId: me } });
    return by !== null && person?.inbox === "" && person.name === "";
  }

  /** Of a post by this person, or of one that is gone. */
  const belongs = (postId: string, me: string) => !posts.has(postId) || posts.get(postId)?.authorId === me;

  /** A file belongs to its post: only that one's author brings it or takes it away. */
  async function attachmentFault(change: Change, me: string): Promise<string | null> {
    const row = change.deleted ? null : await store.read.attachment.findUnique({ where: { id: change.id } });
    const postId = row?.postId ?? attachments.get(change.id) ?? "";
    attachments.set(change.id, postId);
    const author = posts.get(postId)?.authorId;
    return author === undefined || author === me ? null : "a file of another's post";
  }

  /** What somebody wrote to the owner, in the conversation of the two; that it may be open is the owner's word alone. */
  async function messageFault({ entity, id, deleted }: Change, me: string): Promise<string | null> {
    if (entity === "Conversation") {
      const row = await store.read.conversation.findUnique({ where: { personId: id } });
      return id === me && row?.open !== true ? null : "another's conversation, or one that was opened";
    }
    const [messageId = ""] = id.split("/");
    const { message, sealedLetter } = store.read;
    const row =
      entity === "SealedLetter"
        ? await sealedLetter.findUnique({ where: { id } })
        : await message.findUnique({ where: { id: messageId } });
    if (deleted) return entity !== "Message" ? null : "a message is gone";
    if (row === null || row.personId !== me || me === blockedId) return `${entity} of another`;
    return "own" in row && row.own ? "a message became the owner's own" : null;
  }

  async function fault(change: Change, me: string, host: string): Promise<string | null> {
    const [first = "", second = "", third = ""] = change.id.split("/");
    switch (change.entity) {
      case "Post":
        return postFault(change, me);
      case "Notice":
        return noticeFault(change, me);
      case "Person":
        return first === me || (await isIntroduced(first, me)) ? null : "another person";
      case "Friendship":
        return first === me ? null : "another's friendship";
      case "Introduction":
        // Whom somebody introduced goes with themselves.
        if (change.deleted && first === me) return null;
        return second === me && third === "" ? null : "an introduction by another";
      case "Knock":
        return first === me ? null : "another's place at the gate";
      case "Subscription":
        return new Set([first, second, me, ownerId]).size === 2 ? null : "a subscription between others";
      case "Addressee":
        return second === me || posts.get(first)?.authorId === me || !posts.has(first)
          ? null
          : "another's addressee";
      case "Tagged":
      case "Poll":
      case "PollOption":
        return belongs(first, me) ? null : `${change.entity} of another's post`;
      case "PollVote":
        if (change.deleted) return third === me || belongs(first, me) ? null : "took away another's vote";
        return third === me && posts.get(first)?.authorId === ownerId ? null : "a vote of another";
      case "Reaction":
        return reactionFault(change, me);
      case "Emoji":
        return first === host ? null : "an emoji of another host";
      case "Delivery":
        return second === me ? null : "a delivery to another";
      case "Report": {
        const row = change.deleted ? null : await store.read.report.findUnique({ where: { id: change.id } });
        return row !== null && row.personId === me && !row.own ? null : "a report in another's name";
      }
      case "ReportedPost":
        return posts.get(idOf(change.id.slice(first.length + 1)))?.authorId === ownerId
          ? null
          : "a report of what is not the owner's";
      case "PostRevision":
        return null; // goes with its post, which is looked at
      case "QuoteStamp": {
        const row = await store.read.quoteStamp.findUnique({ where: { id: first } });
        if (row === null) return null;
        if (posts.get(row.postId)?.authorId !== ownerId) return "leave for what is not the owner's";
        return row.personId === me && new URL(row.quotingUri).host === host ? null : "leave for another";
      }
      case "Attachment":
        return attachmentFault(change, me);
      case "Message":
      case "MessageChange":
      case "SealedLetter":
      case "Conversation":
        return messageFault(change, me);
      case "Job":
        if (!change.deleted) jobs.push(change.id);
        return null;
      default:
        return `${change.entity} is not for others to change`;
    }
  }

  /** A post that was fetched: its author's own, on their host, and quoting only with leave. */
  async function fetchedFault(change: Change): Promise<string | null> {
    const before = posts.get(change.id);
    await postFault(change, "");
    const row = await store.read.post.findUnique({ where: { id: change.id }, include: { author: true } });
    if (change.deleted || row === null) return null;
    if (row.authorId === blockedId) return "a post of somebody blocked was fetched";
    if (before !== undefined && before.words !== posts.get(change.id)?.words)
      return `fetching changed ${row.uri}`;
    if (row.own) return before === undefined ? "made a post the owner's own" : null;
    if (new URL(row.uri).host !== row.author.host) return "a post on another host than its author";
    if (row.quoteState !== "approved") return null;
    const quoted = await store.read.post.findUnique({
      where: { id: row.quoteOfId },
      include: { author: true },
    });
    const allowed =
      quoted?.authorId === row.authorId || URL.parse(row.quoteStamp)?.host === quoted?.author.host;
    return allowed ? null : `quotes without leave: ${row.uri}`;
  }

  return {
    async harm() {
      const wrong: string[] = [];
      for (const change of news()) {
        if (change.entity === "Blocked") wrong.push("a block changed");
        const said = change.entity === "Post" ? await fetchedFault(change) : null;
        if (said !== null) wrong.push(said);
      }
      return wrong;
    },
    async look() {
      if (store.changes.head() === seen) return;
      for (const change of news()) {
        if (change.entity === "Post") await postFault(change, "");
        if (change.entity === "Notice") await noticeFault(change, "");
        if (change.entity === "Attachment") await attachmentFault(change, "");
      }
      seen = store.changes.head();
    },
    changed: () => changed,
    async faults(sender) {
      jobs = [];
      changed = store.changes.head() !== seen;
      if (!changed) return [];
      const me = idOf(sender.uri);
      const wrong: string[] = [];
      const changes = news();
      // Posts first: what belongs to them is judged by their author.
      for (const change of changes.toSorted(
        (a, b) => Number(b.entity === "Post") - Number(a.entity === "Post"),
      )) {
        const said = await fault(change, me, sender.host);
        if (said !== null) wrong.push(`${said} (${change.entity} ${change.id})`);
      }
      seen = store.changes.head();
      return wrong;
    },
    async work() {
      if (jobs.length === 0) return [];
      const rows = await store.read.job.findMany({ where: { id: { in: jobs } } });
      return rows.map((row) => ({
        ...row,
        about: JSON.parse(row.about),
        createdAt: row.createdAt.getTime(),
      }));
    },
  };
}
