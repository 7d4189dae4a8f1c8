import type { Router } from "express";
import { asNodeError } from "../../../lib/errors.ts";
import type { OutsideServer, OutsideState } from "../../../social/outside/outside.ts";
import { outsideServers } from "../../../social/outside/queries.ts";
import { Form } from "../../html/form.tsx";
import { OutsideQuestion } from "../../html/outside-question.tsx";
import { day } from "../../html/time.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { settingPage } from "./setting-page.tsx";

const A_PAGE = 50;

/** Servers outside the onion network: the questions that wait, and what was decided. */
export function outsideRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/outside", show);
  kit.post(router, "/settings/outside", async (visit) => {
    const { acting, fields, t } = visit;
    const host = fields.text("host");
    const state = fields.text("do") === "allowed" ? "allowed" : "refused";
    await acting.decideOutside(host, state);
    const wanted = fields.text("wanted");
    if (state === "allowed" && wanted !== "") return again(visit, wanted);
    visit.go(
      "/settings/outside",
      state === "allowed" ? t.outside.allowedNow(host) : t.outside.refusedNow(host),
    );
  });
}

/** Looks once more for whom the question came up. */
async function again(visit: Visit, wanted: string): Promise<void> {
  try {
    const { personId } = await visit.acting.lookUp(wanted);
    visit.go(`/people/${personId}`);
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    visit.go(known.code === "server-outside" ? "/settings/outside" : "/connect", sentence(visit.t, known));
  }
}

async function show(visit: Visit): Promise<void> {
  const { acting, t, token, fields } = visit;
  const o = t.outside;
  const after = fields.text("after");
  const servers = (state: OutsideState) =>
    outsideServers(acting.read, { state, after: state === "allowed" ? after : "", limit: A_PAGE });
  const [asked, allowed, refused] = await Promise.all([
    servers("asked"),
    servers("allowed"),
    servers("refused"),
  ]);
  const main = (
    <>
      <p class="muted">{o.lead}</p>
      <h2>{o.asks}</h2>
      {asked.length === 0 ? <p class="muted">{o.asksNone}</p> : null}
      {asked.map(({ host }) => (
        <OutsideQuestion t={t} token={token} host={host}>
          <p class="small muted">{o.claims}</p>
        </OutsideQuestion>
      ))}
      <Decided visit={visit} heading={o.allowed} none={o.allowedNone} servers={allowed} next="refused" />
      {allowed.length < A_PAGE ? null : (
        <p>
          <a class="btn" href={`/settings/outside?after=${allowed.at(-1)?.host ?? ""}`}>
            {o.more}
          </a>
        </p>
      )}
      {refused.length === 0 ? null : (
        <Decided visit={visit} heading={o.refused} none="" servers={refused} next="allowed" />
      )}
    </>
  );
  await visit.show(settingPage(visit, o.title, main));
}

type DecidedProps = {
  visit: Visit;
  heading: string;
  none: string;
  servers: OutsideServer[];
  /** What the button makes of each. */
  next: "allowed" | "refused";
};

function Decided({ visit: { t, token }, heading, none, servers, next }: DecidedProps) {
  return (
    <>
      <h2>{heading}</h2>
      {servers.length === 0 ? (
        <p class="muted">{none}</p>
      ) : (
        <section class="card">
          <ul class="list">
            {servers.map(({ host, at }) => (
              <li>
                <Form action="/settings/outside" token={token} class="row ends">
                  <span class="grow">
                    <b dir="ltr">{host}</b>
                    <span class="small muted"> {t.outside.since(day(t, at))}</span>
                  </span>
                  <input type="hidden" name="host" value={host} />
                  <button class="btn" type="submit" name="do" value={next}>
                    {next === "allowed" ? t.outside.allow : t.outside.stop}
                    <span class="vh"> {host}</span>
                  </button>
                </Form>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
