import { Object as WireObject } from "@fedify/fedify/vocab";
import { expect, test } from "vitest";
import { localContexts } from "../../../src/federation/contexts.ts";
import { readPost } from "../../../src/federation/translate/post.ts";

const now = Date.UTC(2026, 10, 3);
const author = {
  uri: "http://a.example/people/anna",
  followersUri: "http://a.example/people/anna/followers",
};
const at = { person: author.uri };
const read = (json: unknown) =>
  WireObject.fromJsonLd(json, { contextLoader: localContexts, documentLoader: localContexts });

const withFiles = (attachment: unknown) => ({
  ...{ "@context": "https://www.w3.org/ns/activitystreams", id: "http://a.example/posts/1", type: "Note" },
  ...{ attributedTo: at.person, content: "look", to: "as:Public", attachment },
});

test.each([
  [
    "Mastodon",
    {
      type: "Document",
      mediaType: "image/jpeg",
      url: "http://a.example/1",
      name: "A boat",
      width: 4,
      height: 3,
    },
  ],
  [
    "GoToSocial",
    {
      type: "Image",
      mediaType: "image/jpeg",
      url: "http://a.example/1",
      summary: "A boat",
      width: 4,
      height: 3,
    },
  ],
  [
    "snac",
    {
      type: "Image",
      mediaType: "IMAGE/JPEG; q=1",
      url: "http://a.example/1",
      name: "A boat",
      width: 4,
      height: 3,
    },
  ],
  [
    "a list of one",
    [
      {
        type: "Image",
        url: { type: "Link", href: "http://a.example/1", mediaType: "image/jpeg" },
        name: "A boat",
        width: 4,
        height: 3,
      },
    ],
  ],
])("a picture is understood as %s spells it", async (_, attachment) => {
  const post = await readPost(await read(withFiles(attachment)), author, now);
  expect(post?.files).toMatchObject([
    { kind: "picture", type: "image/jpeg", url: "http://a.example/1", alt: "A boat", width: 4, height: 3 },
  ]);
});

test.each([
  [
    "a film with its length",
    { type: "Video", mediaType: "video/mp4", url: "http://a.example/1", duration: "PT1M2.5S" },
    { kind: "film", length: 62_500 },
  ],
  [
    "a drawing with script, for saving",
    { type: "Image", mediaType: "image/svg+xml", url: "http://a.example/1" },
    { kind: "file" },
  ],
  [
    "a page, for saving",
    { type: "Document", mediaType: "text/html", url: "http://a.example/1", name: "x" },
    { kind: "file", name: "x" },
  ],
  [
    "a length in months, which is none",
    { type: "Audio", mediaType: "audio/ogg", url: "http://a.example/1", duration: "P3M" },
    { kind: "sound", length: 0 },
  ],
])("%s is read as that", async (_, attachment, expected) => {
  const post = await readPost(await read(withFiles([attachment])), author, now);
  expect(post?.files).toMatchObject([expected]);
});

test("what is nowhere on the web is no file, and of many only the first sixteen are", async () => {
  const one = (url: string) => ({ type: "Document", mediaType: "image/png", url });
  const odd = ["file:///etc/passwd", "data:image/png;base64,AAAA", "javascript:alert(1)"].map(one);
  const many = Array.from({ length: 40 }, (_, n) => one(`http://a.example/${n}`));
  const post = await readPost(
    await read(withFiles([...odd, { type: "PropertyValue", name: "x", value: "y" }, ...many])),
    author,
    now,
  );
  expect(post?.files.map(({ url }) => url)).toEqual(many.slice(0, 16).map(({ url }) => url));
});
