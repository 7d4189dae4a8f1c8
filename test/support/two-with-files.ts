import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { expect } from "vitest";
import { systemRandom } from "../../src/lib/ids.ts";
import { askForFile } from "../../src/social/messages/files/ask.ts";
import type { MessageFileChoice } from "../../src/social/messages/files/file.ts";
import type { MessageFileView } from "../../src/social/messages/files/view.ts";
import { messagesWith } from "../../src/social/messages/thread.ts";
import { writeMessage } from "../../src/social/messages/write.ts";
import { eventually } from "./eventually.ts";
import { createFediverse, type Fediverse, type Member } from "./federated.ts";
import { type MediaHost, openMediaHost } from "./media-host.ts";
import { acquainted, act, idAt, settled } from "./members.ts";

/** Anna and Ben, who know each other, with whole nodes: real stores, real picture process, real public faces. */
export interface TwoWithFiles extends AsyncDisposable {
  readonly fediverse: Fediverse;
  readonly anna: Member;
  readonly ben: Member;
  readonly annas: MediaHost;
  readonly bens: MediaHost;
  /** No job of theirs waits any more. */
  settled(): Promise<unknown>;
  /** What becomes of requests for files of Anna's. */
  interfere(how: (request: Request, go: () => Promise<Response>) => Promise<Response>): void;
}

export async function openTwoWithFiles(): Promise<TwoWithFiles> {
  await using stack = new AsyncDisposableStack();
  const fediverse = stack.use(await createFediverse());
  const anna = await fediverse.join("Anna");
  const ben = await fediverse.join("Ben");
  stack.defer(() => expect([...anna.warnings, ...ben.warnings]).toEqual([]));
  const annas = stack.use(await openMediaHost(fediverse, anna));
  const bens = stack.use(await openMediaHost(fediverse, ben));
  await acquainted(anna, ben);
  const closing = stack.move();
  return {
    ...{ fediverse, anna, ben, annas, bens, settled: () => settled(anna, ben) },
    interfere(how) {
      fediverse.interfere(anna.host, (request, go) =>
        new URL(request.url).pathname.startsWith("/blobs/") ? how(request, () => annas.ask(request)) : go(),
      );
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

export type Given = { bytes: Buffer; name: string; type: string };
export const file = (size: number, name = "a.bin"): Given => ({
  ...{ bytes: randomBytes(size), name },
  type: "application/octet-stream",
});

export async function sends(
  who: Member,
  by: MediaHost,
  whom: Member,
  given: Given[],
  text = "",
): Promise<string> {
  const files: MessageFileChoice[] = [];
  for (const { bytes, name, type } of given) {
    const mediaId = await by.files.addForMessage(Readable.from([bytes]), { name, type });
    files.push({ mediaId, alt: `of ${name}`, voice: false });
  }
  const personId = idAt(whom);
  return act(who, (tx, now) =>
    writeMessage(tx, who.acting.me, { personId, text, replyToId: "", files }, now, systemRandom),
  );
}

export async function filesAt(who: Member, whom: Member): Promise<MessageFileView[]> {
  const { items } = await messagesWith(who.store.read, idAt(whom), { limit: 80 }, who.acting.now());
  return items.toReversed().flatMap(({ files }) => files);
}
export const fileAt = async (who: Member, whom: Member): Promise<MessageFileView> => {
  const [first] = await filesAt(who, whom);
  if (first === undefined) throw new Error("no file");
  return first;
};
export const becomes = (who: Member, whom: Member, state: string) =>
  eventually(`the file is ${state}`, async () => (await fileAt(who, whom)).state === state);
export const gets = async (who: Member, whom: Member) => {
  const { id } = await fileAt(who, whom);
  await act(who, (tx) => askForFile(tx, id));
};

export async function contents(at: MediaHost, id: string): Promise<Buffer> {
  const found = await at.messageFiles.forOwner(id);
  if (found === null) throw new Error("not here");
  const parts: Buffer[] = [];
  for await (const part of found.open()) parts.push(part);
  return Buffer.concat(parts);
}
export const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
/** So many bytes of an answer; then `rest`, which ends or breaks it. */
function partOf(answer: Response, most: number, rest: () => Promise<void>): Response {
  const reading = answer.arrayBuffer();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(new Uint8Array(await reading).subarray(0, most));
      await rest().then(
        () => controller.close(),
        (error: unknown) => controller.error(error),
      );
    },
  });
  return new Response(body, { status: answer.status, headers: answer.headers });
}

export const cutAfter = (answer: Response, most: number) =>
  partOf(answer, most, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    throw new TypeError("terminated");
  });
export const holdAfter = (answer: Response, most: number, until: Promise<void>) =>
  partOf(answer, most, () => until);
