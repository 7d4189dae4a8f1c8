import { Router } from "express";
import { invite } from "../../../social/invites/invites.ts";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { PageHead } from "../../html/page-head.tsx";
import { QrCode } from "../../html/qr-code.tsx";
import type { Kit, Visit } from "../kit.ts";

/** Making an invitation. It is shown in the answer to the button, and nowhere afterwards. */
export function inviteRoutes(kit: Kit): Router {
  const router = Router();
  kit.post(router, "/connect/invite", async (visit) => {
    const { acting, t, now } = visit;
    const token = await acting.transact((tx) => invite(tx, now, acting.random));
    const address = `${acting.me.origin}/@${acting.me.handle}?invite=${token}`;
    const i = t.invitation;
    await visit.show({
      title: t.connect.title,
      current: "connect",
      main: (
        <>
          <PageHead up="/connect" back={t.connect.title}>
            {i.yours}
          </PageHead>
          <section class="card roomy stack">
            <QrCode address={address} alt={i.qrAlt} />
            <p class="mono" id="my-invitation" dir="ltr">
              {address}
            </p>
            <div class="row">
              <button class="btn" type="button" data-copy="my-invitation" data-done={i.copied} hidden>
                <Icon name="copy" />
                {i.copy}
              </button>
            </div>
            <p class="small muted">{i.once}</p>
          </section>
        </>
      ),
    });
  });
  return router;
}

/** On the page that shows the owner's address. */
export function InviteCard({ t, token }: Pick<Visit, "t" | "token">) {
  return (
    <section class="card stack">
      <h2>{t.invitation.heading}</h2>
      <p class="small muted">{t.invitation.lead}</p>
      <Form action="/connect/invite" token={token} class="row">
        <button class="btn" type="submit">
          <Icon name="plus" />
          {t.invitation.make}
        </button>
      </Form>
    </section>
  );
}
