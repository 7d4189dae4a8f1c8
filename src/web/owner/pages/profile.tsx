import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { personById } from "../../../social/people/find.ts";
import { pinnedPosts, postsOf } from "../../../social/posts/timelines.ts";
import { fieldHtml } from "../../../social/profile/fields.ts";
import { ownFields } from "../../../social/profile/own-fields.ts";
import { profile } from "../../../social/profile/profile.ts";
import { theOwner } from "../../../social/viewer.ts";
import { AsBar } from "../../html/as-bar.tsx";
import { Face } from "../../html/face.tsx";
import { Facts } from "../../html/facts.tsx";
import { Icon } from "../../html/icon.tsx";
import { OwnMove } from "../../html/moved.tsx";
import { Pager } from "../../html/pager.tsx";
import { MEDIA, Post } from "../../html/post.tsx";
import { Prose } from "../../html/prose.tsx";
import type { Kit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { insideLink } from "./inside-link.ts";
import { choices } from "./recipients.ts";

/** The owner as others see them, and everything the owner wrote. */
export function profileRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/profile", async (visit) => {
    const { acting, t, token, now, fields } = visit;
    const owner = await personById(acting.read, acting.me.ownerId);
    if (owner === null) throw new NodeError("not-set-up", "the owner has no row");
    const posts = await postsOf(acting.read, acting.me, owner.id, theOwner, askedPage(fields));
    const first = fields.text("before") === "" && fields.text("after") === "";
    const pinned = first ? await pinnedPosts(acting.read, acting.me, owner.id, theOwner) : [];
    const { bannerId: banner } = await profile(acting.read, acting.me);
    const fieldsOfOwner = await ownFields(acting.read);
    const { audiences, people } = await choices(acting);
    const outward = (html: string) => kit.outward(html, insideLink);
    await visit.show({
      title: t.profile.title,
      current: "profile",
      main: (
        <>
          <AsBar t={t} who="stranger" path="/" audiences={audiences} people={people} />
          <section class="card hero">
            {banner === "" ? null : (
              <img class="banner" src={`/media/${banner}`} alt="" width="1200" height="320" />
            )}
            <div class="in stack">
              <Face person={owner} size="xl" media={MEDIA} />
              <h1 dir="auto">{owner.name}</h1>
              <p class="mono small" dir="ltr">
                @{owner.address}
              </p>
              <Prose html={outward(owner.aboutHtml)} />
              <Facts
                facts={fieldsOfOwner.map((field) => ({
                  label: field.label,
                  html: outward(fieldHtml(field, t.locale)),
                }))}
              />
              <OwnMove t={t} owner={owner} />
              <p class="small muted">{t.profile.asSeen}</p>
              <p>
                <a class="btn" href="/settings/profile">
                  <Icon name="pen" />
                  {t.profile.edit}
                </a>
              </p>
            </div>
          </section>
          <section class="stack" aria-label={t.profile.yourPosts}>
            <h2 class="vh">{t.profile.yourPosts}</h2>
            {posts.items.length === 0 ? <p class="muted">{t.profile.noPosts}</p> : null}
            {pinned.map((post) => (
              <Post {...{ t, now, token, post, outward }} back="/profile" anchor={false} />
            ))}
            {posts.items.map((post) => (
              <Post {...{ t, now, token, post, outward }} back="/profile" />
            ))}
          </section>
          <Pager t={t} page={posts} path="/profile" />
        </>
      ),
    });
  });
  return router;
}
