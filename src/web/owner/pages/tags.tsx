import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { taggedPosts } from "../../../social/tags/tagged-posts.ts";
import { tagKey } from "../../../social/tags/tags.ts";
import { theOwner } from "../../../social/viewer.ts";
import { Pager } from "../../html/pager.tsx";
import { Post } from "../../html/post.tsx";
import type { Kit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { insideLink } from "./inside-link.ts";

/** Posts that are here with a hashtag, the owner's own too. */
export function tagRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/tags/:tag", async (visit) => {
    const { acting, t, token, now, fields, part } = visit;
    const tag = tagKey(part("tag"));
    if (tag === "") throw new NodeError("not-found", "no hashtag");
    const posts = await taggedPosts(acting.read, acting.me, { tag, viewer: theOwner }, askedPage(fields));
    const outward = (html: string) => kit.outward(html, insideLink);
    await visit.show({
      title: t.tags.title,
      main: (
        <>
          <div class="page-head">
            <h1>
              <bdi>#{tag}</bdi>
            </h1>
          </div>
          <p class="small muted">{t.tags.hint}</p>
          {posts.items.length === 0 ? <p class="muted">{t.tags.empty}</p> : null}
          {posts.items.map((post) => (
            <Post {...{ t, now, token, post, outward }} />
          ))}
          <Pager t={t} page={posts} path={`/tags/${encodeURIComponent(tag)}`} />
        </>
      ),
    });
  });
  return router;
}
