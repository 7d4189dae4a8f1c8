import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { savePerson } from "../../../src/social/people/save-person.ts";
import { receivePost } from "../../../src/social/posts/receive-post.ts";
import { receiveReaction } from "../../../src/social/reactions/receive-reaction.ts";
import { receiveReport } from "../../../src/social/reports/receive-report.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { cardOf } from "../../support/people.ts";

/** Words of others that are no HTML, wherever they come from: each is only words on a page. */
let desk: OwnerDesk;
let browser: OwnerBrowser;
beforeAll(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterAll(() => desk[Symbol.asyncDispose]());

const MARK = "q9z";
/** What a page would have in it if one of these were more than words. */
const attacks = [
  `<script>${MARK}()</script>`,
  `<img src=x onerror=${MARK}()>`,
  `"><svg onload=${MARK}()>`,
  `" onmouseover="${MARK}()`,
  `' onfocus='${MARK}()' autofocus='`,
  `</bdi></p></article><iframe src=//${MARK}.example>`,
  `\u202e${MARK}\u202c<b>`,
  `<!--${MARK}--!><img>`,
  `${MARK}</title><script>`,
  `javascript:${MARK}()//http://a.example`,
];

let count = 0;
async function posted(evil: string): Promise<string> {
  const { me, transact, now, read } = desk.acting;
  const n = ++count;
  const uri = `http://eve${n}.example/people/eve`;
  const person = { ...cardOf("Eve"), ...{ uri, host: `eve${n}.example`, handle: "eve", name: evil } };
  const card = {
    ...{ uri: `${uri}/q`, kind: "article" as const, html: "<p>x :ev_il:</p>", title: evil, warning: evil },
    ...{ language: evil.slice(0, 35), url: "", reach: "everyone" as const, publishedAt: now() },
    ...{ editedAt: 0, replyToUri: "", mentions: [me.ownerId], to: [], tags: [evil, "#bread"] },
    emojis: [{ shortcode: evil, url: `http://a.example/"${evil}` }],
    poll: {
      ...{ multiple: false, endsAt: now() + 3_600_000, closedAt: 0, voters: 3 },
      options: [
        { title: evil, votes: 2 },
        { title: `${evil} too`, votes: 1 },
      ],
    },
    files: [
      {
        ...{ kind: "picture" as const, type: "image/png", url: `http://a.example/"${encodeURI(evil)}` },
        ...{ name: evil, alt: evil, width: 9, height: 9, length: 0, blurhash: evil, bytes: 9 },
      },
    ],
  };
  return transact(async (tx) => {
    const authorId = await savePerson(tx, { ...person, aboutHtml: `<p>${evil}</p>` }, now());
    await receivePost(tx, me, { ...card, authorId }, now());
    const own = await read.post.findFirst({ where: { own: true } });
    const reaction = { postId: own?.id ?? "", personId: authorId, pictureUrl: evil, uri: `${uri}/r` };
    await receiveReaction(tx, me, { ...reaction, emoji: evil }, now());
    const report = { uri: `${uri}/f`, words: evil, aboutOwner: true, postUris: [] };
    await receiveReport(tx, me, authorId, report, now());
    return authorId;
  });
}

/** Tags and their attributes, as a browser would read them: a quoted value may hold anything but its quote. */
function tagsOf(page: string): { name: string; attributes: Map<string, string> }[] {
  const bare = page.replace(/<!--[\s\S]*?-->/g, "");
  return [...bare.matchAll(/<([a-z][a-z0-9-]*)((?:\s+[^\s=>"']+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, name = "", rest = ""]) => ({
      name: name.toLowerCase(),
      attributes: new Map(
        [...rest.matchAll(/\s+([^\s=>"']+)(?:="([^"]*)")?/g)].map(([, key = "", value = ""]) => [
          key.toLowerCase(),
          value,
        ]),
      ),
    }),
  );
}

describe("E7, A31: words of others in names, titles, warnings, options, tags, emoji, files and reports", () => {
  test.each(attacks)("are words: %s", async (evil) => {
    await browser.send(await browser.get("/"), "/posts", { do: "post", reach: "everyone", text: "Soup." });
    const id = await posted(evil);
    let seen = 0;
    for (const path of ["/", "/notices", "/people", `/people/${id}`, "/settings/reports"]) {
      const { status, text } = await browser.get(path);
      expect(status, path).toBe(200);
      if (text.includes(MARK)) seen += 1;
      expect(text, path).not.toMatch(/[\u202d\u202e]/u);
      // Every "<" begins a tag of ours: nothing stands half within one.
      const tags = tagsOf(text);
      const begun = text.replace(/<!--[\s\S]*?-->|<!doctype html>/gi, "").match(/<[a-z]/gi) ?? [];
      expect(tags.length, path).toBe(begun.length);
      for (const { name, attributes } of tags) {
        expect(name, path).not.toMatch(/^(?:iframe|object|embed|svg-|base|style)$/);
        if (name === "script") expect(attributes.get("src"), path).toMatch(/^\/assets\//);
        for (const [key, value] of attributes) {
          expect(key, `${path} ${name}`).not.toMatch(/^on|[<>]/);
          if (/^(?:src|href|action|formaction|poster|srcset|data)$/.test(key))
            expect(value, `${path} ${name}`).not.toMatch(/^\s*(?:javascript|vbscript|data):/i);
        }
      }
    }
    expect(seen).toBeGreaterThan(2);
  });
});
