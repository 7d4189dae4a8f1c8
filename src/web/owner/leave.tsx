import { Router } from "express";
import { NodeError } from "../../lib/errors.ts";
import { isOnion } from "../../lib/onion-name.ts";
import { Form } from "../html/form.tsx";
import { Icon } from "../html/icon.tsx";
import type { Kit, Visit } from "./kit.ts";
import type { LeaveLinks } from "./leave-links.ts";

/** Outside links lead here first: the place behind them would see this computer's address. */
export function leaveRoutes(kit: Kit, links: LeaveLinks): Router {
  const router = Router();
  kit.get(router, "/leave/:id", async (visit) => {
    const href = links.hrefOf(visit.part("id"));
    if (href === null) await showStale(visit);
    else await showLeave(visit, href);
  });
  kit.post(router, "/leave/:id", async (visit) => {
    const href = links.hrefOf(visit.part("id"));
    if (href === null) await showStale(visit);
    else visit.go(await lookInside(visit, href));
  });
  return router;
}

/** A browser outside Tor cannot open an onion address, and would tell its name to the local look-up of names. */
function leadsToOnion(href: string): boolean {
  return isOnion(URL.parse(href)?.hostname ?? "");
}

/** A post there, or else a person. */
async function lookInside({ acting }: Visit, href: string): Promise<string> {
  const post = await acting.lookUpPost(href).catch((error: unknown) => {
    if (error instanceof NodeError && error.code !== "internal") return null;
    throw error;
  });
  if (post !== null) return `/posts/${post.postId}`;
  const { personId } = await acting.lookUp(href);
  return `/people/${personId}`;
}

async function showLeave(visit: Visit, href: string): Promise<void> {
  const { t, token, part } = visit;
  const onion = leadsToOnion(href);
  await visit.show({
    title: t.leave.title,
    main: (
      <section class="card roomy stack">
        <h1>{t.leave.heading}</h1>
        <p>{onion ? t.leave.onionText : t.leave.text}</p>
        {onion ? null : <p>{t.leave.better}</p>}
        <div class="field">
          <span class="label" id="link-l">
            {t.leave.label}
          </span>
          <output class="phrase plain" id="link" dir="ltr" aria-labelledby="link-l">
            {href}
          </output>
        </div>
        <div class="row">
          <button
            class={`btn${onion ? "" : " main-do"}`}
            type="button"
            data-copy="link"
            data-done={t.leave.copied}
            hidden
          >
            <Icon name="copy" />
            <span>{t.leave.copy}</span>
          </button>
          {onion ? (
            <Form action={`/leave/${part("id")}`} token={token}>
              <button class="btn main-do" type="submit" data-busy>
                <Icon name="search" />
                {t.leave.onionGo}
              </button>
            </Form>
          ) : (
            <a class="btn" href={href} rel="noreferrer noopener nofollow external">
              {t.leave.go}
            </a>
          )}
        </div>
      </section>
    ),
  });
}

async function showStale(visit: Visit): Promise<void> {
  const { t } = visit;
  await visit.show({
    title: t.leave.title,
    status: 404,
    main: (
      <section class="card empty">
        <Icon name="door" big />
        <h1>{t.leave.stale}</h1>
        <p class="muted">{t.leave.staleText}</p>
        <p>
          <a class="btn main-do" href="/">
            {t.missing.home}
          </a>
        </p>
      </section>
    ),
  });
}
