import { Readable } from "node:stream";
import { shownType } from "./containers/sniff.ts";
import { begun, sealedFileById, upTo } from "./file-shelf.ts";
import { ahead, type ForeignWay, isPassing, reached } from "./foreign-way.ts";
import { asNodeError, NodeError } from "./lib/errors.ts";
import { keepCopy } from "./social/media/kept-copies.ts";
import { LARGEST_FILE, LARGEST_PICTURE } from "./social/media/limits.ts";
import { kindOf } from "./social/media/media.ts";
import { placedAttachment } from "./social/media/queries.ts";
import { isBlockedId, isHostBlocked } from "./social/people/queries.ts";
import type { JobHandler } from "./store/jobs.ts";
import type { MediaFile } from "./web/ports.ts";

/** Files of others' posts: fetched through the network, kept sealed, handed to the owner's pages by the row's id. */
export type ForeignFiles = {
  /** null: not here, or not at all. */
  attached(id: string): Promise<MediaFile | null>;
  /** Throws "peer-off", "tor-down", "response-too-large", "file-not-shown", "not-found" and what else a fetch throws. */
  fetchAttached(id: string): Promise<void>;
  /** Fetches one ahead, at a time nobody can foresee from when its post came. */
  job: JobHandler;
};

export type ForeignFilesOptions = ForeignWay & {
  /** With the owner's signature, for what is not for everyone. */
  sign: (request: Request) => Promise<Request>;
};

export function createForeignFiles(o: ForeignFilesOptions): ForeignFiles {
  const running = new Map<string, Promise<void>>();
  const fetchAttached = async (id: string): Promise<void> => {
    const already = running.get(id);
    if (already !== undefined) return already;
    const started = fetchFile(o, id).finally(() => running.delete(id));
    running.set(id, started);
    return started;
  };
  return {
    async attached(id) {
      const placed = await placedAttachment(o.store.read, { id });
      return placed === null || placed.row.mediaId === ""
        ? null
        : sealedFileById(o.store, placed.row.mediaId);
    },
    fetchAttached,
    job: ahead(o, async (job) => {
      try {
        await fetchAttached(job.about["attachmentId"] ?? "");
        return "done";
      } catch (error) {
        const { code } = asNodeError(error);
        if (code === "internal") throw error;
        return isPassing(code) ? { retry: code } : { stop: code };
      }
    }),
  };
}

async function fetchFile(o: ForeignFilesOptions, id: string): Promise<void> {
  const placed = await placedAttachment(o.store.read, { id });
  if (placed === null || placed.row.url === "") throw new NodeError("not-found", "no such file of others");
  const { row, post } = placed;
  if (await isRefused(o, post.authorId, row.url)) throw new NodeError("not-allowed", "blocked since");
  if (row.mediaId !== "") return;
  const plain = new Request(row.url, {
    redirect: "error",
    headers: { accept: "*/*", "user-agent": "TSSOP" },
  });
  const open = post.reach === "everyone" || post.reach === "unlisted";
  // Who may see a narrow post has to say who they are, to its own author's device only.
  const isTheirs = new URL(row.url).host === post.author.host;
  const signs = !open && isTheirs;
  const answer = await reached(o, signs ? await o.sign(plain) : plain, signs);
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel();
    throw new NodeError(
      answer.status === 404 || answer.status === 410 ? "not-found" : "peer-refused",
      `status ${answer.status}`,
    );
  }
  const most = row.kind === "picture" ? LARGEST_PICTURE : LARGEST_FILE;
  const body = upTo(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), most);
  const { type, bytes: pieces } = await shownAs(body, row.kind);
  let bytes = 0;
  const counted = async function* () {
    for await (const piece of pieces) {
      bytes += piece.byteLength;
      yield piece;
    }
  };
  const mediaId = await o.store.media.put(Readable.from(counted())).catch((error: unknown) => {
    throw error instanceof NodeError
      ? error
      : new NodeError("peer-off", "the file broke off", { cause: error });
  });
  await o.store.transact((tx) => keepCopy(tx, id, { id: mediaId, type, bytes, name: row.name }, o.now()));
}

/** The owner may have blocked them, or the host the file is on, since it was planned. */
async function isRefused({ store }: ForeignFilesOptions, authorId: string, url: string): Promise<boolean> {
  return (await isBlockedId(store.read, authorId)) || isHostBlocked(store.read, new URL(url).host);
}

/** Looks at the first bytes: only what they say counts, and it has to be what the post said it is. */
async function shownAs(
  body: AsyncGenerator<Buffer>,
  kind: string,
): Promise<{ type: string; bytes: AsyncIterable<Buffer> }> {
  const { start, whole } = await begun(body);
  const type = typeFor(kind, start);
  if (type === null || start.byteLength === 0) {
    await body.return(undefined);
    throw new NodeError("file-not-shown", `not a ${kind}`);
  }
  return { type, bytes: whole };
}

/** A container of films may hold sound alone; a file of any kind is for saving only. */
export function typeFor(kind: string, start: Buffer): string | null {
  if (kind === "file") return "application/octet-stream";
  const found = shownType(start);
  if (found === null) return null;
  if (kind === "sound" && kindOf(found) === "film")
    return found.replace("video/", "audio/").replace("quicktime", "mp4");
  return kindOf(found) === kind ? found : null;
}
