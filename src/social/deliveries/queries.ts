import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { slices } from "../slices.ts";

export type DeliveryState = "waiting" | "delivered" | "stopped";

export async function insertDeliveries(
  tx: Tx,
  postId: string,
  personIds: string[],
  now: number,
): Promise<void> {
  for (const some of slices(personIds)) {
    await tx.delivery.createMany({ data: some.map((personId) => ({ postId, personId, at: new Date(now) })) });
  }
}

/** Everybody a post was to go to. */
export async function deliveriesOf(
  read: ReadClient,
  postId: string,
): Promise<{ personId: string; state: string }[]> {
  return read.delivery.findMany({ where: { postId }, select: { personId: true, state: true } });
}

/** The longest waiting first; at most `limit` of each state over all these posts. */
export async function someDeliveries(read: ReadClient, postIds: string[], limit: number) {
  if (postIds.length === 0) return [];
  const states: DeliveryState[] = ["waiting", "delivered", "stopped"];
  const found = await Promise.all(
    states.map((state) =>
      read.delivery.findMany({
        where: { postId: { in: postIds }, state },
        orderBy: { at: "asc" },
        take: limit,
      }),
    ),
  );
  return found.flat();
}

export async function deliveryCounts(read: ReadClient, postIds: string[]) {
  if (postIds.length === 0) return [];
  return read.delivery.groupBy({ by: ["postId", "state"], where: { postId: { in: postIds } }, _count: true });
}

/** Of these hosts, those that ever were reached, or heard of. */
export async function metHosts(read: ReadClient, hosts: string[]): Promise<Set<string>> {
  if (hosts.length === 0) return new Set();
  const never = new Date(0);
  const met = { OR: [{ reachedAt: { gt: never } }, { heardAt: { gt: never } }] };
  const rows = await read.peer.findMany({ where: { host: { in: hosts }, ...met }, select: { host: true } });
  return new Set(rows.map(({ host }) => host));
}

/** People whose outboxes are still to be read for what was missed. */
export async function catchingUp(read: ReadClient): Promise<number> {
  return read.job.count({ where: { kind: "catch-up" } });
}

/** The people for whom a post was given up. */
export async function givenUpFor(read: ReadClient, postId: string): Promise<string[]> {
  const rows = await read.delivery.findMany({
    where: { postId, state: "stopped" },
    select: { personId: true },
  });
  return rows.map(({ personId }) => personId);
}

/** A post that was given up waits for these people again. */
export async function waitAgain(tx: Tx, postId: string, personIds: string[], now: number): Promise<void> {
  for (const some of slices(personIds)) {
    const where = { postId, state: "stopped", personId: { in: some } };
    await tx.delivery.updateMany({ where, data: { state: "waiting", why: "", at: new Date(now) } });
  }
}

export async function dropDeliveries(tx: Tx, where: Prisma.DeliveryWhereInput): Promise<void> {
  await tx.delivery.deleteMany({ where });
}

export type Queued = { id: string; peer: string; createdAt: Date; about: Record<string, string> };

/** Copies of a post that wait to be sent. */
export async function queuedCopies(read: ReadClient, postId: string): Promise<Queued[]> {
  return queued(read, { kind: "post", about: { contains: `"postId":"${postId}"` } });
}

/** Posts that wait to be sent to a person. */
export async function queuedFor(read: ReadClient, personId: string, host: string): Promise<Queued[]> {
  return queued(read, { kind: "post", peer: host, about: { contains: `"personId":"${personId}"` } });
}

/** Reactions to a post that wait to be sent. */
export async function queuedReactions(read: ReadClient, postId: string): Promise<Queued[]> {
  return queued(read, { kind: "react", about: { contains: `"postId":"${postId}"` } });
}

async function queued(read: ReadClient, where: Prisma.JobWhereInput): Promise<Queued[]> {
  const select = { id: true, peer: true, createdAt: true, about: true };
  const rows = await read.job.findMany({ where, select });
  return rows.map((row) => ({ ...row, about: JSON.parse(row.about) }));
}

/** Of these jobs, the ones that were tried before. */
export async function triedJobs(read: ReadClient, ids: string[]): Promise<Set<string>> {
  const tried = new Set<string>();
  for (const some of slices(ids)) {
    const rows = await read.jobTry.findMany({ where: { jobId: { in: some }, tries: { gt: 0 } } });
    for (const { jobId } of rows) tried.add(jobId);
  }
  return tried;
}

/** When the oldest job of each of these hosts was made: only that one can be on its way at this moment. */
export async function oldestOf(read: ReadClient, hosts: string[]): Promise<Map<string, number>> {
  const oldest = new Map<string, number>();
  for (const some of slices([...new Set(hosts)])) {
    const rows = await read.job.groupBy({
      by: ["peer"],
      where: { peer: { in: some } },
      _min: { createdAt: true },
    });
    for (const { peer, _min } of rows) oldest.set(peer, _min.createdAt?.getTime() ?? 0);
  }
  return oldest;
}

export async function dropJobsById(tx: Tx, ids: string[]): Promise<void> {
  for (const some of slices(ids)) {
    await tx.job.deleteMany({ where: { id: { in: some } } });
    await tx.jobTry.deleteMany({ where: { jobId: { in: some } } });
  }
}

/** Work of this kind is not wanted any more, whoever it was for. */
export async function dropJobsOfKind(tx: Tx, kind: string): Promise<void> {
  const rows = await tx.job.findMany({ where: { kind }, select: { id: true } });
  await dropJobsById(
    tx,
    rows.map(({ id }) => id),
  );
}

/** Work of this kind that waits for this person is not wanted any more. */
export async function dropJobs(tx: Tx, kind: string, personId: string): Promise<void> {
  await dropJobsAbout(tx, kind, { personId });
}

/** Work of this kind is not wanted any more where it says this. */
export async function dropJobsAbout(tx: Tx, kind: string, about: Record<string, string>): Promise<void> {
  const where = { kind, about: { contains: JSON.stringify(about).slice(1, -1) } };
  const rows = await tx.job.findMany({ where, select: { id: true } });
  await dropJobsById(
    tx,
    rows.map(({ id }) => id),
  );
}

/** Of these posts, the ones that name the person. */
export async function postsNaming(
  read: ReadClient,
  personId: string,
  postIds: string[],
): Promise<Set<string>> {
  const naming = new Set<string>();
  for (const some of slices(postIds)) {
    const rows = await read.addressee.findMany({ where: { personId, postId: { in: some } } });
    for (const { postId } of rows) naming.add(postId);
  }
  return naming;
}

/** Own posts that a person has. */
export async function ownPostsHeldBy(read: ReadClient, personId: string): Promise<string[]> {
  const rows = await read.delivery.findMany({
    where: { personId, state: "delivered" },
    select: { postId: true },
  });
  return rows.map(({ postId }) => postId);
}

/** Posts that wait for a person, or were given up for them and may be tried once more. */
export async function postsOwed(read: ReadClient, personId: string): Promise<string[]> {
  const rows = await read.delivery.findMany({
    where: { personId, state: { in: ["waiting", "stopped"] } },
    select: { postId: true },
  });
  return rows.map(({ postId }) => postId);
}

/** Hosts that something waits for, in the order of their names: how much, since when, and how the last try went. */
export async function hostsWaitedFor(read: ReadClient, o: { after: string; limit: number }) {
  const rows = await read.job.groupBy({
    by: ["peer"],
    where: { peer: { gt: o.after } },
    _count: true,
    _min: { createdAt: true },
    orderBy: { peer: "asc" },
    take: o.limit,
  });
  const where = { host: { in: rows.map(({ peer }) => peer) } };
  const peers = new Map((await read.peer.findMany({ where })).map((peer) => [peer.host, peer]));
  return rows.map(({ peer, _count, _min }) => ({
    host: peer,
    count: _count,
    since: _min.createdAt?.getTime() ?? 0,
    reachedAt: peers.get(peer)?.reachedAt.getTime() ?? 0,
    lastError: peers.get(peer)?.lastError ?? "",
  }));
}
