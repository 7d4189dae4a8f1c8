import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { isOnion } from "../../../lib/onion-name.ts";
import { personById } from "../../../social/people/find.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { SecretLink } from "../../html/secret-link.tsx";
import type { Kit, Visit } from "../kit.ts";

/** A person's own pages, as the owner may see them: their node is asked for a link, which is good once. */
export function theirPageRoutes(kit: Kit): Router {
  const router = Router();
  kit.post(router, "/people/:id/link", async (visit) => {
    const { acting, t, part } = visit;
    const person = await personById(acting.read, part("id"));
    if (person === null || !hasPage(person)) throw new NodeError("person-not-found", "nobody to ask");
    const { url, seconds } = await acting.askForPage(person.id);
    const p = t.theirPage;
    const name = isolate(person.name);
    await visit.show({
      title: p.title,
      current: "people",
      main: (
        <>
          <div class="page-head">
            <p class="up">
              <a href={`/people/${person.id}`}>
                <Icon name="back" turn />
                <Isolated words={p.back(name)} />
              </a>
            </p>
            <h1>
              <Isolated words={p.linkHeading(name)} />
            </h1>
          </div>
          <section class="card roomy stack">
            <p>{p.linkText(seconds)}</p>
            <SecretLink url={url} copy={p.copy} copied={p.copied} />
            <p class="small muted">{p.torBrowser}</p>
            <p class="small muted">{p.mine}</p>
          </section>
        </>
      ),
    });
  });
  return router;
}

/** Only a node of one person gives such links. */
function hasPage(person: PersonView): boolean {
  return isOnion(person.host) && !person.isOwner && !person.guest && !person.gone && !person.blocked;
}

/** On a person's page. */
export function TheirPage({ t, token, person }: Pick<Visit, "t" | "token"> & { person: PersonView }) {
  if (!hasPage(person)) return null;
  const p = t.theirPage;
  const name = isolate(person.name);
  return (
    <section class="card stack">
      <h2>{p.heading}</h2>
      <p class="small muted">
        <Isolated words={p.lead(name)} />
      </p>
      <Form action={`/people/${person.id}/link`} token={token} class="row">
        <button class="btn" type="submit">
          <span>
            <Isolated words={p.go(name)} />
          </span>
        </button>
      </Form>
    </section>
  );
}
