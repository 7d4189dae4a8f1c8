import { Router } from "express";
import { Form } from "../html/form.tsx";
import { Icon } from "../html/icon.tsx";
import { MenuList } from "../html/menu-list.tsx";
import { networkWords } from "../html/network-words.ts";
import type { Kit } from "./kit.ts";

/** What the small screen's five places leave out, and the two ways to leave. */
export function moreRoutes(kit: Kit): Router {
  const router = Router();
  const { ports } = kit;
  kit.get(router, "/more", async (visit) => {
    const { t, token } = visit;
    await visit.show({
      title: t.more.title,
      current: "more",
      main: (
        <>
          <div class="page-head">
            <h1>{t.more.title}</h1>
          </div>
          <MenuList
            label={t.pages}
            items={[
              { path: "/profile", icon: "eye", name: t.nav.profile, hint: t.more.profile },
              { path: "/connect", icon: "qr", name: t.nav.connect, hint: t.more.connect },
              {
                path: "/connecting",
                icon: "globe",
                name: t.more.connection,
                hint: networkWords(t, ports.network()),
              },
              { path: "/bookmarks", icon: "keep", name: t.marks.bookmarks, hint: t.marks.bookmarksHint },
              { path: "/liked", icon: "heart", name: t.marks.liked, hint: t.marks.likedHint },
              { path: "/settings", icon: "cog", name: t.nav.settings, hint: t.more.settings },
            ]}
          />
          <Form action="/lock" token={token} class="card row">
            <button class="btn" type="submit">
              <Icon name="lock" />
              {t.more.lock}
            </button>
            <span class="small muted grow">{t.more.lockHint}</span>
          </Form>
        </>
      ),
    });
  });
  kit.post(router, "/lock", async (visit) => {
    ports.screenLock();
    visit.go("/");
  });
  kit.post(router, "/seal", async (visit) => {
    await ports.seal();
    visit.go("/");
  });
  return router;
}
