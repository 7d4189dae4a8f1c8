import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeError } from "../../../src/lib/errors.ts";
import { setForeignFiles } from "../../../src/social/media/foreign-files.ts";
import { homeTimeline } from "../../../src/social/posts/timelines.ts";
import type { PostView } from "../../../src/social/posts/view.ts";
import { eventually } from "../../support/eventually.ts";
import { mp4 } from "../../support/films.ts";
import { type FormPart, filesOver, multipart } from "../../support/own-files.ts";
import { exchange, hiddenFields, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { brokenBones } from "../../support/page-shape.ts";
import { png } from "../../support/png.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeEach(async () => {
  desk = await openOwnerDesk();
  Object.assign(desk.acting, filesOver(desk.house.store, desk.acting.now));
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterEach(() => desk[Symbol.asyncDispose]());

const timeline = async () => (await homeTimeline(desk.acting.read, desk.acting.me, { limit: 80 })).items;
async function newest(): Promise<PostView> {
  const [post] = await timeline();
  if (post === undefined) throw new Error("nothing on the timeline");
  return post;
}

const PICTURE: FormPart = {
  name: "files",
  value: png(60, 30),
  file: "C:\\fakepath\\IMG 1.png",
  type: "image/png",
};
const NOTHING: FormPart = { name: "files", value: "", file: "" };

/** A browser without script sends the whole form, files and all. */
async function send(action: string, fields: Record<string, string>, files: FormPart[], from = "/") {
  const page = await browser.get(from);
  const hidden = hiddenFields(page.text, action);
  const texts = Object.entries({ ...hidden, ...fields }).map(([name, value]) => ({ name, value }));
  const { form: _, ...rest } = hidden;
  const order = [
    ...texts.filter(({ name }) => name in rest || name in fields),
    ...files,
    { name: "form", value: hidden["form"] ?? "" },
  ];
  return browser.upload(action, "----x", multipart("----x", order));
}

const picked = (html: string) =>
  [...html.matchAll(/name="media" value="([0-9a-f]{32})"/g)].map(([, id = ""]) => id);
const common = { text: "Look at this", reach: "everyone", said: "everyone", do: "post" };

describe("writing with files, without script", () => {
  test("a picked file comes back to be described, and nothing is posted before", async () => {
    const back = await send("/posts", common, [PICTURE]);
    expect(back.status).toBe(200);
    expect(brokenBones(back.text)).toEqual([]);
    expect(back.text).toContain("Look at this");
    expect(await timeline()).toEqual([]);
    const [id = ""] = picked(back.text);
    expect(back.text).toContain(`src="/media/${id}"`);
    expect((await browser.get(`/media/${id}`)).headers["content-type"]).toBe("image/png");

    const fields = { ...common, media: id, [`alt-${id}`]: "A field in stripes" };
    const sent = await browser.upload(
      "/posts",
      "----x",
      multipart("----x", [
        ...Object.entries({ ...hiddenFields(back.text, "/posts"), ...fields }).map(([name, value]) => ({
          name,
          value,
        })),
        NOTHING,
      ]),
    );
    expect(sent.status).toBe(303);
    const post = await newest();
    expect(post.files).toMatchObject([{ kind: "picture", alt: "A field in stripes", here: true }]);
    const home = await browser.get("/");
    expect(brokenBones(home.text)).toEqual([]);
    expect(home.text).toContain(`alt="A field in stripes"`);
    expect(home.text).toContain("<b>ALT</b>");
    const shown = await browser.get(`/media/attached/${post.files[0]?.id}`);
    expect([shown.status, shown.headers["content-disposition"]]).toEqual([200, "inline"]);
  });

  test("what is not taken is said, and the words and the other file stay", async () => {
    const svg: FormPart = { name: "files", value: "<svg/>", file: "a.svg", type: "image/svg+xml" };
    const back = await send("/posts", common, [svg, PICTURE]);
    expect(back.status).toBe(422);
    expect(back.text).toContain("a.svg: That kind of picture");
    expect(back.text).toContain("Look at this");
    expect(picked(back.text)).toHaveLength(1);
    const [id = ""] = picked(back.text);
    const without = await browser.send(back, "/posts", { ...common, do: `drop-${id}` });
    expect(picked(without.text)).toEqual([]);
  });

  test("more than four are left out", async () => {
    const back = await send(
      "/posts",
      common,
      Array.from({ length: 5 }, () => ({ ...PICTURE, value: "words", type: "text/plain" })),
    );
    expect(back.status).toBe(422);
    expect(picked(back.text)).toHaveLength(4);
  });

  test("a form of another page adds nothing, and a lock keeps the words", async () => {
    const form = multipart("----x", [
      ...Object.entries(common).map(([name, value]) => ({ name, value })),
      PICTURE,
    ]);
    const foreign = await browser.upload("/posts", "----x", form);
    expect(foreign.text).toContain("Look at this");
    expect(await timeline()).toEqual([]);
    const before = await desk.house.store.read.media.count();
    desk.phase = "screen-locked";
    const locked = await browser.upload("/posts", "----x", form);
    expect(locked.status).toBe(403);
    expect(await desk.house.store.read.media.count()).toBe(before);
    expect(locked.text).not.toContain("Look at this");
    const kept = hiddenFields(locked.text, "/unlock");
    const opened = await browser.post("/unlock", { ...kept, passphrase: desk.passphrase });
    expect((await browser.follow(opened)).text).toContain("Look at this");
  });
});

describe("the script's way", () => {
  const raw = (token: string, body: Buffer, headers: Record<string, string> = {}) =>
    exchange(
      desk.port,
      "POST",
      "/files",
      {
        ...{
          host: `127.0.0.1:${desk.port}`,
          origin: desk.origin,
          "sec-fetch-site": "same-origin",
          cookie: browser.cookie(),
        },
        ...{ "content-type": "image/png", "x-tssop-form": token, "x-tssop-name": "a%20b.png", ...headers },
      },
      body,
    );

  test("sends one file as it is, and gets back where to describe it", async () => {
    const token = hiddenFields((await browser.get("/")).text, "/posts")["form"] ?? "";
    const answer = await raw(token, png(20, 20));
    expect(answer.status).toBe(200);
    expect(picked(answer.text)).toHaveLength(1);
    const refused = await raw(token, Buffer.from("GIF89a"));
    expect([refused.status, refused.headers["content-type"]]).toEqual([422, "text/plain; charset=utf-8"]);
    expect((await raw("", png(20, 20))).status).toBe(403);
    expect((await raw(token, png(20, 20), { cookie: "" })).status).toBe(403);
    expect(await desk.house.store.read.media.count()).toBe(1);
  });
});

test.each(["/files", "/posts"])("an upload that is broken off leaves nothing behind: %s", async (path) => {
  const token = hiddenFields((await browser.get("/")).text, "/posts")["form"] ?? "";
  const head = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n';
  const type = path === "/files" ? "text/plain" : "multipart/form-data; boundary=x";
  const socket = connect(desk.port, "127.0.0.1");
  const fields = [
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${desk.port}\r\nOrigin: ${desk.origin}`,
    `Sec-Fetch-Site: same-origin\r\nCookie: ${browser.cookie()}\r\nX-Tssop-Form: ${token}`,
    `Content-Type: ${type}\r\nContent-Length: 5000000\r\n\r\n`,
  ];
  socket.write(fields.join("\r\n") + (path === "/files" ? "" : head));
  socket.write(Buffer.alloc(900_000, "w"));
  const { store } = desk.house;
  await eventually("it is being taken in", async () => (await store.sizes()).media > 0);
  socket.destroy();
  await eventually("nothing is left of it", async () => (await store.sizes()).media === 0);
  expect(await store.read.media.count()).toBe(0);
  expect(desk.logged.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});

test("an edit changes the words of a file and takes it away", async () => {
  const back = await send("/posts", common, [PICTURE]);
  const [id = ""] = picked(back.text);
  await browser.send(back, "/posts", { ...common, media: id, [`alt-${id}`]: "one" });
  const { sortKey } = await newest();
  const action = `/posts/${sortKey}/edit`;
  const form = await browser.get(action);
  expect(picked(form.text)).toEqual([id]);
  await browser.send(form, action, { text: "Look", warning: "", [`alt-${id}`]: "two" });
  expect((await newest()).files).toMatchObject([{ alt: "two" }]);
  const dropped = await browser.send(await browser.get(action), action, {
    text: "Look",
    warning: "",
    do: `drop-${id}`,
  });
  expect(picked(dropped.text)).toEqual([]);
  await browser.send(dropped, action, { text: "Look", warning: "" });
  expect((await newest()).files).toEqual([]);
});

test("a film is played in parts, a file is only saved, and a warning hides both", async () => {
  const film: FormPart = { name: "files", value: mp4(), file: "a.mp4", type: "video/mp4" };
  const note: FormPart = {
    name: "files",
    value: "<script>alert(1)</script>",
    file: "x.html",
    type: "text/html",
  };
  const back = await send("/posts", { ...common, warning: "storm" }, [film, note]);
  const hidden = hiddenFields(back.text, "/posts");
  const media = picked(back.text).map((value) => ({ name: "media", value }));
  const { media: _, ...rest } = hidden;
  const texts = Object.entries({ ...rest, ...common, warning: "storm" }).map(([name, value]) => ({
    name,
    value,
  }));
  await browser.upload("/posts", "----x", multipart("----x", [...texts, ...media, NOTHING]));
  const [one, two] = (await newest()).files;
  const home = await browser.get("/");
  expect(home.text).toMatch(/<details class="cw"><summary class="row"><b class="grow">2 files/);
  expect(home.text).toMatch(/<video controls preload="none"/);
  const part = await browser.get(`/media/attached/${one?.id}`, { range: "bytes=0-7" });
  expect([part.status, part.text.slice(4)]).toEqual([206, "ftyp"]);
  const saved = await browser.get(`/media/attached/${two?.id}`);
  expect(saved.headers).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="x.html"; filename*=UTF-8''x.html`,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
});

describe("somebody else's picture that is not here", () => {
  async function theirs(): Promise<PostView> {
    const mia = await desk.house.meet("mia", "mia.example");
    const post = await desk.house.postOf(await desk.house.hear(mia, { html: "look", mentionsMe: true }));
    const card = {
      ...{
        kind: "picture" as const,
        type: "image/jpeg",
        url: "http://mia.example/p.jpg",
        alt: "A boat",
        name: "",
      },
      ...{ blurhash: "", width: 4, height: 3, length: 0, bytes: 1_200_000 },
    };
    const { acting } = desk;
    await acting.transact((tx) =>
      setForeignFiles(tx, post.id, [card], { ahead: false, said: 0, now: acting.now() }),
    );
    return desk.house.postOf(post.sortKey);
  }

  test("E15: is offered by a button that names no address, and says what it would be", async () => {
    const { files, sortKey } = await theirs();
    const home = await browser.get("/");
    expect(home.text).toContain("A boat");
    expect(home.text).toContain("1.2 MB");
    expect(home.text).toContain("mia’s device");
    expect(home.text).not.toContain("p.jpg");
    expect((await browser.get(`/media/attached/${files[0]?.id}`)).status).toBe(404);
    const asked: string[] = [];
    desk.acting.fetchAttached = async (id) => void asked.push(id);
    const gone = await browser.send(home, `/attached/${files[0]?.id}/fetch`, { post: sortKey });
    expect(gone.headers["location"]).toBe(`/posts/${sortKey}#f-${files[0]?.id}`);
    expect(asked).toEqual([files[0]?.id]);
  });

  test.each(["peer-off", "file-too-large", "file-not-shown", "tor-down"] as const)(
    "that did not come says why: %s",
    async (code) => {
      const { files } = await theirs();
      const error = new NodeError(code, "no");
      desk.acting.fetchAttached = () => Promise.reject(error);
      const answer = await browser.send(await browser.get("/"), `/attached/${files[0]?.id}/fetch`, {});
      const page = await browser.follow(answer);
      expect(page.text).toContain(error.safe);
      expect(page.text).toContain("Show the picture");
    },
  );
});

test("an answer can carry a file", async () => {
  await browser.send(await browser.get("/"), "/posts", { ...common, text: "First" });
  const { sortKey } = await newest();
  const path = `/posts/${sortKey}`;
  const back = await send(`${path}/reply`, { text: "Second" }, [PICTURE], path);
  expect(back.status).toBe(200);
  const [media = ""] = picked(back.text);
  await browser.send(back, `${path}/reply`, { text: "Second", media, do: "post" });
  expect(await newest()).toMatchObject({ files: [{ kind: "picture" }], replyTo: { known: true } });
});
