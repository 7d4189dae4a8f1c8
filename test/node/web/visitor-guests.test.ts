import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createOwnFiles } from "../../../src/file-shelf.ts";
import { systemRandom } from "../../../src/lib/ids.ts";
import { createLog } from "../../../src/lib/log.ts";
import { quietServer } from "../../../src/listening.ts";
import { makeAudience } from "../../../src/social/audiences/make.ts";
import { putIn } from "../../../src/social/audiences/put-in.ts";
import { takeOut } from "../../../src/social/audiences/take-out.ts";
import { endLink } from "../../../src/social/guests/end.ts";
import { visits } from "../../../src/social/guests/list.ts";
import { makeGuest, renewLink } from "../../../src/social/guests/make.ts";
import { block } from "../../../src/social/people/block.ts";
import { type Draft, publish } from "../../../src/social/posts/publish.ts";
import { createVisitorServer } from "../../../src/web/visitor/server.ts";
import { filesOver } from "../../support/own-files.ts";
import { type Answer, exchange } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { png } from "../../support/png.ts";
import { guestDoors } from "../../support/public-face.ts";

let stack: AsyncDisposableStack;
let desk: OwnerDesk;
let port: number;
let family: string;
let ruth: { id: string; secret: string };
const ONCE = "o".repeat(43);
let good: Map<string, string>;
const complaints: string[] = [];

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  desk = stack.use(await openOwnerDesk());
  good = new Map();
  const { acting, house } = desk;
  const { shownTo } = createOwnFiles({ store: house.store, childPath: "", libraries: "", now: acting.now });
  const visitor = createVisitorServer(
    {
      acting: () => acting,
      federation: async () => null,
      wait: () => 0,
      media: (id, _request, reader) => shownTo(id, reader),
      blob: async () => null,
      doors: {
        ...guestDoors(acting),
        enter: (token) => {
          const personId = good.get(token) ?? null;
          good.delete(token);
          return personId;
        },
      },
      log: createLog((line) => complaints.push(line), "warn"),
    },
    { publicFolder: "public" },
  );
  const server = quietServer({ connections: 50 }, visitor);
  stack.defer(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
  const { transact, now } = acting;
  family = await transact((tx) => makeAudience(tx, "Family", now(), systemRandom));
  ruth = await transact((tx) => makeGuest(tx, "Oma <i>Ruth</i>", now(), systemRandom));
  await transact((tx) => putIn(tx, acting.me, family, [ruth.id], now()));
});
afterEach(async () => {
  await stack.disposeAsync();
  expect(complaints).toEqual([]);
});

const get = (path: string, cookie = "", method = "GET") =>
  exchange(port, method, path, cookie === "" ? {} : { cookie });
const cookieOf = (answer: Answer) => String(answer.headers["set-cookie"] ?? "").split(";")[0] ?? "";

async function write(draft: Partial<Draft>): Promise<string> {
  const { transact, me, now, random } = desk.acting;
  const whole = { text: "Plums", reach: "everyone" as const, ...draft };
  const id = await transact((tx) => publish(tx, me, whole, now(), random));
  return new URL((await desk.acting.read.post.findUniqueOrThrow({ where: { id } })).uri).pathname;
}
const forFamily = (text: string, more: Partial<Draft> = {}) =>
  write({ text, reach: "chosen", to: [], audiences: [family], ...more });

async function comeIn(path = `/guest/${ruth.secret}`): Promise<string> {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  return cookieOf(answer);
}

describe("a guest", () => {
  test("comes in without script and is led on, so that no secret stays in the address", async () => {
    const answer = await get(`/guest/${ruth.secret}`);
    expect(answer.text).toContain('<meta http-equiv="refresh" content="0; url=/"');
    expect(answer.text).not.toContain(ruth.secret);
    expect(answer.text).not.toContain("<script");
    expect(answer.headers["referrer-policy"]).toBe("no-referrer");
    const page = await get("/", cookieOf(answer));
    expect(page.text).toContain("You are reading as <bdi>Oma &lt;i>Ruth&lt;/i></bdi>.");
    expect((await get("/")).text).not.toContain("You are reading");
    for (const one of [answer, page]) {
      expect(one.headers["cache-control"]).toContain("no-store");
      expect(one.headers["vary"]).toContain("Cookie");
    }
  });

  test("sees what is for Family in all lists, and strangers nothing of it", async () => {
    const post = await forFamily("Plums for us #jam");
    const long = await forFamily("The whole story", { title: "A long tale" });
    const cookie = await comeIn();
    for (const [path, words] of [
      ["/", "Plums for us"],
      ["/blog", "A long tale"],
      ["/tags/jam", "Plums for us"],
      [post, "Plums for us"],
      [long, "The whole story"],
    ] as const) {
      expect((await get(path, cookie)).text, path).toContain(words);
      expect((await get(path)).text, path).not.toContain(words);
    }
    expect((await get(post)).status).toBe(404);
  });

  test("sees nothing of it when taken out a second ago", async () => {
    const post = await forFamily("Plums for us");
    const cookie = await comeIn();
    expect((await get(post, cookie)).status).toBe(200);
    await desk.acting.transact((tx) => takeOut(tx, desk.acting.me, family, ruth.id, desk.acting.now()));
    const [hidden, missing] = [await get(post, cookie), await get(`/posts/${"0".repeat(32)}`, cookie)];
    expect(hidden.status).toBe(404);
    expect({ ...hidden, headers: {} }).toEqual({ ...missing, headers: {} });
    expect((await get("/", cookie)).text).not.toContain("Plums for us");
  });

  test.each(["ended", "made anew", "blocked"])("is a stranger at once when the link is %s", async (how) => {
    const { transact, now } = desk.acting;
    const post = await forFamily("Plums for us");
    const cookie = await comeIn();
    await transact(async (tx) => {
      if (how === "ended") await endLink(tx, ruth.id, now());
      else if (how === "blocked") await block(tx, ruth.id, now());
      else await renewLink(tx, ruth.id, systemRandom);
    });
    const page = await get("/", cookie);
    expect(page.text).toBe((await get("/")).text);
    expect(String(page.headers["set-cookie"])).toContain("Max-Age=0");
    expect((await get(post, cookie)).status).toBe(404);
    if (how !== "blocked") expect((await get(`/guest/${ruth.secret}`)).status).toBe(404);
  });

  test("sees the pictures of what is for them, and nobody else does", async () => {
    const { acting, house } = desk;
    const { addFile } = filesOver(house.store, acting.now);
    const mediaId = await addFile(Readable.from([png(40, 20)]), { name: "a.png", type: "image/png" });
    await forFamily("Look", { files: [{ mediaId, alt: "Stripes" }] });
    const cookie = await comeIn();
    expect((await get(`/media/${mediaId}`, cookie)).status).toBe(200);
    expect((await get(`/media/${mediaId}`)).status).toBe(404);
    await desk.acting.transact((tx) => takeOut(tx, acting.me, family, ruth.id, acting.now()));
    expect((await get(`/media/${mediaId}`, cookie)).status).toBe(404);
  });

  test("is told on every page that what they open is seen, and is not told that it is not", async () => {
    const post = await forFamily("Plums for us");
    const cookie = await comeIn();
    for (const path of ["/", "/blog", post, "/nothing"]) {
      const { text } = await get(path, cookie);
      expect(text, path).toContain("<bdi>Nora Lind</bdi> sees what is opened with this link, and when.");
      expect(text, path).not.toContain("nobody is followed around");
    }
    expect((await get("/")).text).toContain("nobody is followed around");
  });

  test("leaves with a click, and the cookie is worth nothing then", async () => {
    const cookie = await comeIn();
    const left = await get("/leave", cookie);
    expect([left.status, left.headers["location"]]).toEqual([303, "/"]);
    expect((await get("/", cookie)).text).not.toContain("You are reading");
  });

  test("reads and nothing else: no form, and whatever is sent is nowhere", async () => {
    const post = await forFamily("Plums for us");
    const cookie = await comeIn();
    for (const path of ["/", "/blog", post]) expect((await get(path, cookie)).text).not.toContain("<form");
    for (const path of ["/", post, "/leave", `/guest/${ruth.secret}`, "/people/nora"]) {
      expect((await get(path, cookie, "POST")).status, path).toBe(404);
      for (const method of ["PUT", "DELETE", "PATCH"]) {
        expect((await get(path, cookie, method)).status, `${method} ${path}`).toBe(405);
      }
    }
    const { read } = desk.acting;
    expect([await read.reaction.count(), await read.post.count(), await read.pollVote.count()]).toEqual([
      0, 1, 0,
    ]);
  });

  test("is noted with what they opened: not what was not for them, not a mere look at the headers", async () => {
    const { read, me } = desk.acting;
    const post = await forFamily("Plums for us");
    const hidden = await write({ text: "Mine", reach: "me" });
    const cookie = await comeIn();
    await get("/", cookie, "HEAD");
    for (const path of ["/", "/", post, "/blog", hidden, "/nothing"]) await get(path, cookie);
    await get(post);
    const { items } = await visits(read, ruth.id, { limit: 20 });
    expect(items.map(({ kind, post: it }) => [kind, it?.words ?? ""])).toEqual([
      ["blog", ""],
      ["post", "Plums for us"],
      ["profile", ""],
    ]);
    expect(me.ownerId).not.toBe(ruth.id);
  });
});

describe("a person with a node of their own", () => {
  test("comes in once by the link their node was given, and sees what is for them", async () => {
    const { acting, house } = desk;
    const mia = await house.meet("mia", "mia.example");
    await acting.transact((tx) => putIn(tx, acting.me, family, [mia.id], acting.now()));
    const post = await forFamily("Plums for us");
    good.set(ONCE, mia.id);
    expect((await get(`/enter/${ONCE}`, "", "HEAD")).status).toBe(404);
    const cookie = await comeIn(`/enter/${ONCE}`);
    const page = await get(post, cookie);
    expect(page.text).toContain("You are reading as <bdi>mia</bdi>");
    expect(page.text).not.toContain("sees what is opened");
    expect((await get(`/enter/${ONCE}`)).status).toBe(404);
    expect(await acting.read.guestVisit.count()).toBe(0);
    await acting.transact((tx) => block(tx, mia.id, acting.now()));
    expect((await get(post, cookie)).status).toBe(404);
  });
  test("does not come in as the owner, nor as somebody who is gone", async () => {
    const { acting, house } = desk;
    const mia = await house.meet("mia", "mia.example");
    await acting.transact((tx) => tx.person.update({ where: { id: mia.id }, data: { gone: true } }));
    const post = await write({ text: "Mine", reach: "me" });
    for (const id of [acting.me.ownerId, mia.id, ruth.id, "0".repeat(32)]) {
      good.set(ONCE, id);
      const cookie = await comeIn(`/enter/${ONCE}`);
      const page = await get("/", cookie);
      expect(page.text).not.toContain("You are reading");
      expect((await get(post, cookie)).status).toBe(404);
    }
  });
});

describe("E20: links and sessions", () => {
  test("a link that is guessed, cut, used or ended is answered as what never was", async () => {
    const missing = await get("/nothing");
    const { transact, now } = desk.acting;
    const old = await transact((tx) => makeGuest(tx, "Ole", now(), systemRandom));
    await transact((tx) => endLink(tx, old.id, now()));
    const odd = [
      "0".repeat(40),
      ruth.secret.slice(1),
      ruth.secret.toUpperCase(),
      old.secret,
      "x",
      "%ff",
      ruth.id,
    ];
    for (const path of [...odd.map((one) => `/guest/${one}`), ...odd.map((one) => `/enter/${one}`)]) {
      const answer = await get(path);
      expect({ ...answer, headers: {} }, path).toEqual({ ...missing, headers: {} });
      expect(answer.headers, path).toEqual(missing.headers);
    }
  });
  test("a cookie of another run, or one that a stranger planted, makes nobody a reader", async () => {
    const cookie = await comeIn();
    const [name = "", value = ""] = cookie.split("=");
    for (const odd of [
      `reader_000000000000=${value}`,
      `${name}=`,
      `${name}=${"x".repeat(43)}`,
      `${name}x=${value}`,
    ]) {
      expect((await get("/", odd)).text, odd).not.toContain("You are reading");
    }
    const planted = `${name}=${"y".repeat(43)}`;
    const mine = cookieOf(await get(`/guest/${ruth.secret}`, planted));
    expect(mine).not.toBe(planted);
    expect((await get("/", planted)).text).not.toContain("You are reading");
  });
});
