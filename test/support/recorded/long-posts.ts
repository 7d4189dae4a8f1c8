import { type Activity, AS, type Cast, PUBLIC, type Recording } from "./cast.ts";

const WHEN = "2026-09-09T09:09:09Z";
const TERMS = {
  toot: "http://joinmastodon.org/ns#",
  Emoji: "toot:Emoji",
  Hashtag: "as:Hashtag",
  sensitive: "as:sensitive",
};

/** A post of a blog, with what comes along of it; WordPress and WriteFreely write it like this. */
function article(c: Cast, values: object = {}) {
  return {
    ...{ id: `${c.origin}/blog/${c.next()}`, type: "Article", attributedTo: c.me, published: WHEN },
    ...{ to: [PUBLIC], cc: [`${c.me}/followers`], url: `${c.origin}/blog/bread` },
    name: "How bread rises",
    summary: "<p>Slowly.</p>",
    nameMap: { en: "How bread rises" },
    content: "<h2>Flour</h2><p>Wheat, mostly. #bread :loaf:</p><ul><li>water</li><li>salt</li></ul>",
    contentMap: { en: "<h2>Flour</h2><p>Wheat, mostly. #bread :loaf:</p><ul><li>water</li></ul>" },
    source: { content: "## Flour\n\nWheat, mostly.", mediaType: "text/markdown" },
    preview: { type: "Note", content: "<p>How bread rises</p>" },
    image: { type: "Image", url: `${c.origin}/bread.jpg` },
    attachment: [
      { type: "Image", mediaType: "image/jpeg", url: `${c.origin}/bread.jpg`, name: "A loaf", width: 800 },
      { type: "Video", mediaType: "video/mp4", url: `${c.origin}/rise.mp4`, duration: "PT12S" },
      { type: "Audio", mediaType: "audio/ogg", url: [{ type: "Link", href: `${c.origin}/crackle.ogg` }] },
      { type: "Document", mediaType: "application/pdf", url: `${c.origin}/recipe.pdf`, name: "recipe" },
    ],
    tag: [
      { type: "Hashtag", href: `${c.origin}/tag/bread`, name: "#bread" },
      { type: "Hashtag", href: `${c.origin}/tag/Brot`, name: "#Brot" },
      { type: "Mention", href: c.owner, name: "@owner@her.example" },
      {
        ...{ type: "Emoji", id: `${c.origin}/emoji/loaf`, name: ":loaf:" },
        icon: { type: "Image", mediaType: "image/webp", url: `${c.origin}/emoji/loaf.webp` },
      },
    ],
    ...values,
  };
}

const wrap = (c: Cast, type: string, object: { id: string }): Activity => ({
  "@context": [AS, TERMS],
  ...{ id: `${object.id}#${type.toLowerCase()}-${c.next()}`, type, actor: c.me, to: [PUBLIC], object },
});

export const longPosts: Recording = {
  software: "WordPress, WriteFreely",
  activities: (c) => [
    wrap(c, "Create", article(c)),
    wrap(c, "Create", article(c, { type: "Page", name: "About", sensitive: true })),
    wrap(c, "Update", article(c, { id: c.known, updated: WHEN, content: "<p>More slowly.</p>" })),
  ],
};
