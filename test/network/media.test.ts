import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { addWelcome } from "../../src/social/gate/queries.ts";
import { filesOf } from "../../src/social/media/of-posts.ts";
import type { FileChoice } from "../../src/social/media/own-files.ts";
import { edit } from "../../src/social/posts/edit.ts";
import { type Draft, publish } from "../../src/social/posts/publish.ts";
import { remove } from "../../src/social/posts/remove.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { mp4, PLANTED } from "../support/films.ts";
import { type MediaHost, openMediaHost } from "../support/media-host.ts";
import { png } from "../support/png.ts";

let stack: AsyncDisposableStack;
let fediverse: Fediverse;
let anna: Member;
let ben: Member;
let annas: MediaHost;
let bens: MediaHost;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  fediverse = stack.use(await createFediverse());
  anna = await fediverse.join("Anna");
  ben = await fediverse.join("Ben");
  annas = stack.use(await openMediaHost(fediverse, anna));
  bens = stack.use(await openMediaHost(fediverse, ben));
});
afterEach(() => stack.disposeAsync());

async function subscribe(who: Member, to: Member): Promise<void> {
  const { personId } = await who.federation.lookUp(to.address);
  await who.acting.transact((tx) => askToSubscribe(tx, who.acting.me, personId, who.acting.now()));
  const id = idOf(who.uri);
  await eventually("the request is here", () =>
    to.store.read.subscription.findFirst({ where: { subscriberId: id } }),
  );
  await to.acting.transact((tx) => acceptRequest(tx, to.acting.me, id, to.acting.now()));
  await eventually("it is accepted", async () => {
    const row = await who.store.read.subscription.findFirst({ where: { personId } });
    return row?.state === "accepted";
  });
}

async function say(draft: Partial<Draft> & { text: string }): Promise<string> {
  const { acting } = anna;
  const whole: Draft = { reach: "everyone", ...draft };
  return acting.transact((tx) => publish(tx, acting.me, whole, acting.now(), acting.random));
}

async function picture(alt = "A striped field"): Promise<FileChoice> {
  const mediaId = await annas.files.add(Readable.from([png(600, 300)]), { name: "a.png", type: "image/png" });
  return { mediaId, alt };
}

async function film(): Promise<FileChoice> {
  const mediaId = await annas.files.add(Readable.from([mp4()]), { name: "a.mp4", type: "video/mp4" });
  return { mediaId, alt: "" };
}

const arrived = (postId: string) =>
  eventually("the files are told of", async () => {
    const found = (await filesOf(ben.store.read, [postId])).get(postId);
    return found === undefined || found.length === 0 ? null : found;
  });

async function bytesAtBens(id: string): Promise<Buffer> {
  const file = await bens.foreign.attached(id);
  if (file === null) throw new Error("it is not here");
  return Buffer.concat(await file.open().toArray());
}

describe("a post with a picture and a film", () => {
  test("goes to a subscriber with what it shows in words, and is shown there after a click", async () => {
    await subscribe(ben, anna);
    const id = await say({ text: "look", files: [await picture(), await film()] });
    const [first, second] = await arrived(id);
    expect(first).toMatchObject({
      kind: "picture",
      alt: "A striped field",
      width: 600,
      height: 300,
      here: false,
    });
    expect(second).toMatchObject({ kind: "film", type: "video/mp4", width: 640, length: 3000, here: false });
    expect(first?.host).toBe(anna.host);

    const requested = fediverse.requests.length;
    await bens.foreign.fetchAttached(first?.id ?? "");
    await bens.foreign.fetchAttached(second?.id ?? "");
    expect(fediverse.requests.slice(requested).filter((line) => line.includes("/media/"))).toHaveLength(2);
    const shown = await bens.foreign.attached(first?.id ?? "");
    expect(shown?.type).toBe("image/png");
    const played = await bytesAtBens(second?.id ?? "");
    expect(played.includes("PICTURE")).toBe(true);
    expect(played.includes(PLANTED)).toBe(false);
    expect([...anna.warnings, ...ben.warnings]).toEqual([]);
  });

  test("is told to others as a picture and a film, at addresses of this node", async () => {
    const dora = fediverse.peer("dora.example", "dora");
    const { personId } = await anna.federation.lookUp(dora.uri);
    await say({ text: "look", reach: "chosen", to: [personId], files: [await picture(), await film()] });
    const { activity } = await eventually("Dora has it", () => dora.received[0]);
    const note = activity["object"] as { attachment: Record<string, unknown>[] };
    expect(note.attachment).toMatchObject([
      { type: "Image", mediaType: "image/png", name: "A striped field", width: 600, height: 300 },
      { type: "Video", mediaType: "video/mp4", width: 640, height: 360, duration: "PT3S" },
    ]);
    for (const { url } of note.attachment)
      expect(url).toMatch(new RegExp(`^http://${anna.host}/media/[0-9a-f]{32}$`));
  });

  test("changes with an edit: words, a file less, a file more", async () => {
    await subscribe(ben, anna);
    const [one, two] = [await picture("one"), await picture("two")];
    const id = await say({ text: "look", files: [one, two] });
    await arrived(id);
    const three = await picture("three");
    const { acting } = anna;
    await acting.transact((tx) =>
      edit(tx, acting.me, id, "look", "", acting.now(), { files: [three, { ...one, alt: "the first" }] }),
    );
    await eventually("the edit arrives", async () => {
      const alts = (await filesOf(ben.store.read, [id])).get(id)?.map(({ alt }) => alt);
      return JSON.stringify(alts) === '["three","the first"]';
    });
    expect(await anna.store.read.media.count({ where: { id: two.mediaId, purpose: "post" } })).toBe(0);
  });

  test("is fetched ahead for a subscriber, at a time nobody can foresee", async () => {
    await subscribe(ben, anna);
    const id = await say({ text: "look", files: [await picture(), await film()] });
    const [first] = await arrived(id);
    const jobs = await ben.store.read.job.findMany({ where: { kind: "fetch-file" } });
    expect(jobs.map(({ about }) => JSON.parse(about))).toEqual([{ attachmentId: first?.id }]);
    const job = {
      id: "j",
      kind: "fetch-file",
      peer: "",
      about: { attachmentId: first?.id ?? "" },
      createdAt: 0,
    };
    const never = new AbortController().signal;
    expect(await bens.foreign.job({ ...job, tries: 0 }, never)).toEqual({ retry: "later", after: 465_000 });
    expect((await bens.foreign.attached(first?.id ?? "")) === null).toBe(true);
    expect(await bens.foreign.job({ ...job, tries: 1 }, never)).toBe("done");
    expect((await bytesAtBens(first?.id ?? "")).byteLength).toBeGreaterThan(100);
  });
});

describe("who may have a file", () => {
  const get = (url: string, headers: Record<string, string> = {}) => annas.ask(new Request(url, { headers }));
  const url = ({ mediaId }: FileChoice) => `http://${anna.host}/media/${mediaId}`;

  test("is who may see its post: anyone, or whom it was for, by their signature", async () => {
    await subscribe(ben, anna);
    const cleo = fediverse.peer("cleo.example", "cleo");
    const [open, narrow] = [await picture(), await picture()];
    await say({ text: "for all", files: [open] });
    const id = await say({ text: "for some", reach: "subscribers", files: [narrow] });
    expect((await get(url(open))).status).toBe(200);
    const refused = await get(url(narrow));
    const missing = await get(`http://${anna.host}/media/${"0".repeat(32)}`);
    expect(refused.status).toBe(404);
    expect(await refused.text()).toBe(await missing.text());
    expect((await annas.ask(cleo.signedGet(url(narrow)))).status).toBe(404);
    const [file] = await arrived(id);
    await bens.foreign.fetchAttached(file?.id ?? "");
    expect((await bytesAtBens(file?.id ?? "")).byteLength).toBeGreaterThan(100);
  });

  test("nobody, before it is posted and after it is deleted", async () => {
    const file = await picture();
    expect((await get(url(file))).status).toBe(404);
    const id = await say({ text: "short", files: [file] });
    const served = await get(url(file));
    expect(served.headers.get("cache-control")).toBe("private, no-store");
    expect(served.headers.get("x-content-type-options")).toBe("nosniff");
    await anna.acting.transact((tx) => remove(tx, anna.acting.me, id, anna.acting.now()));
    expect((await get(url(file))).status).toBe(404);
  });

  test("A24: a file that poses as an actor is for saving only, and no document", async () => {
    const actor = Buffer.from(
      `{"@context":"https://www.w3.org/ns/activitystreams","type":"Person","id":"http://${anna.host}/media/x"}`,
    );
    const said = { name: "../../actor.json", type: "application/activity+json" };
    const mediaId = await annas.files.add(Readable.from([actor]), said);
    await say({ text: "a file", files: [{ mediaId, alt: "" }] });
    for (const accept of ["application/activity+json", "*/*", "text/html"]) {
      const answer = await get(url({ mediaId, alt: "" }), { accept });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toBe("application/octet-stream");
      expect(answer.headers.get("content-disposition")).toBe(
        `attachment; filename="actor.json"; filename*=UTF-8''actor.json`,
      );
    }
  });

  test("in parts, as a player asks for them", async () => {
    const file = await film();
    await say({ text: "a film", files: [file] });
    const whole = Buffer.from(await (await get(url(file))).arrayBuffer());
    const part = await get(url(file), { range: "bytes=100-199" });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 100-199/${whole.byteLength}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(100, 200))).toBe(true);
    const tail = await get(url(file), { range: "bytes=-7" });
    expect(Buffer.from(await tail.arrayBuffer()).equals(whole.subarray(-7))).toBe(true);
    const beyond = await get(url(file), { range: `bytes=${whole.byteLength}-` });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([
      416,
      `bytes */${whole.byteLength}`,
    ]);
  });
});

describe("a file of somebody else's", () => {
  async function fileAt(
    answer: () => Response,
    said = { mediaType: "image/jpeg", url: "http://eve.example/f.jpg" },
  ) {
    const eve = fediverse.peer("eve.example", "eve");
    // Whoever wrote unasked would wait at the gate; Ben let Eve in before.
    const { personId } = await ben.federation.lookUp(eve.uri);
    await ben.acting.transact((tx) => addWelcome(tx, personId, ben.acting.now()));
    fediverse.interfere("eve.example", async (request, go) =>
      new URL(request.url).pathname.startsWith("/f") ? answer() : go(),
    );
    const uri = "http://eve.example/posts/1";
    const note = { id: uri, type: "Note", attributedTo: eve.uri, content: "<p>look</p>", to: [ben.uri] };
    const attachment = [{ type: "Document", ...said, name: "x".repeat(9_000) }];
    const tag = [{ type: "Mention", href: ben.uri, name: "@ben" }];
    const activity = {
      "@context": "https://www.w3.org/ns/activitystreams",
      ...{
        id: `${uri}#create`,
        type: "Create",
        actor: eve.uri,
        to: [ben.uri],
        object: { ...note, attachment, tag },
      },
    };
    expect((await ben.federation.handle(eve.signed(`${ben.uri}/inbox`, activity)))?.status).toBe(202);
    const [file] = await arrived(idOf(uri));
    if (file === undefined) throw new Error("no file was told of");
    return file;
  }

  test.each<[string, () => Response, string]>([
    ["a page", () => new Response("<!doctype html><script>1</script>"), "file-not-shown"],
    [
      "a drawing with script",
      () => new Response("<svg xmlns='http://www.w3.org/2000/svg'/>"),
      "file-not-shown",
    ],
    ["a film", () => new Response(new Uint8Array(mp4())), "file-not-shown"],
    ["missing", () => new Response(null, { status: 404 }), "not-found"],
    [
      "more than 20 MB",
      () =>
        new Response(new Uint8Array(Buffer.concat([Buffer.from("ffd8ff", "hex"), Buffer.alloc(21 << 20)]))),
      "file-too-large",
    ],
    ["elsewhere", () => Response.error(), "peer-refused"],
  ])("E15: that is %s is refused by its bytes, and nothing of it is kept", async (_, answer, code) => {
    const file = await fileAt(answer);
    await expect(bens.foreign.fetchAttached(file.id)).rejects.toMatchObject({ code });
    expect(await bens.foreign.attached(file.id)).toBeNull();
    expect(await ben.store.read.media.count()).toBe(0);
  });

  test("is never asked for before a click, when nobody here subscribes; its words are bounded", async () => {
    const file = await fileAt(() => new Response(null, { status: 404 }));
    expect(file.alt).toHaveLength(1_500);
    expect(fediverse.requests.some((line) => line.includes("/f.jpg"))).toBe(false);
    expect(await ben.store.read.job.count({ where: { kind: "fetch-file" } })).toBe(0);
  });

  test("comes again when its device is on again", async () => {
    let on = false;
    const file = await fileAt(() => {
      if (!on) throw new TypeError("fetch failed");
      return new Response(new Uint8Array(png(9, 9)));
    });
    await expect(bens.foreign.fetchAttached(file.id)).rejects.toMatchObject({ code: "peer-off" });
    on = true;
    await bens.foreign.fetchAttached(file.id);
    expect((await bens.foreign.attached(file.id))?.type).toBe("image/png");
  });
});
