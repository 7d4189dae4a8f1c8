import type { Router } from "express";
import { textOf } from "../../../social/html.ts";
import { listReports, type ReportView, removeReport } from "../../../social/reports/list-reports.ts";
import { firstWords } from "../../html/first-words.ts";
import { Form } from "../../html/form.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { Moment } from "../../html/time.tsx";
import type { Kit, Visit } from "../kit.ts";
import { settingPage } from "./setting-page.tsx";

const EXCERPT = 140;

/** What others report about the owner, and what the owner reported. */
export function reportsRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/reports", show);
  kit.post(router, "/settings/reports/:id/remove", async (visit) => {
    await visit.acting.transact((tx) => removeReport(tx, visit.part("id")));
    visit.go("/settings/reports", visit.t.report.removed);
  });
}

async function show(visit: Visit): Promise<void> {
  const { acting, t } = visit;
  const about = await listReports(acting.read, acting.me, false);
  const own = await listReports(acting.read, acting.me, true);
  const r = t.report;
  const main = (
    <>
      <section class="card stack" aria-labelledby="about-h" data-region="reports" data-when="notices">
        <h2 id="about-h">{r.about}</h2>
        <p class="small muted">{r.aboutLead}</p>
        {about.length === 0 ? <p>{r.aboutNone}</p> : <Reports visit={visit} reports={about} by={r.by} />}
      </section>
      <section class="card stack" aria-labelledby="own-h">
        <h2 id="own-h">{r.own}</h2>
        {own.length === 0 ? <p>{r.ownNone}</p> : <Reports visit={visit} reports={own} by={r.of} />}
      </section>
    </>
  );
  await visit.show(settingPage(visit, r.listTitle, main));
}

type Props = { visit: Visit; reports: ReportView[]; by: (name: string) => string };

function Reports({ visit, reports, by }: Props) {
  const { t, token, now } = visit;
  return (
    <ul class="list">
      {reports.map((report) => (
        <li class="stack tight">
          <div class="row">
            <a class="name grow" href={`/people/${report.person.id}`}>
              <Isolated words={by(isolate(report.person.name))} />
            </a>
            <span class="small muted">
              <Moment t={t} at={report.at} now={now} />
            </span>
          </div>
          {report.words === "" ? (
            <p class="muted">{t.report.noWords}</p>
          ) : (
            report.words.split(/\n+/).map((line) => <p dir="auto">{line}</p>)
          )}
          {report.posts.map((post) => (
            <p class="small">
              <a href={`/posts/${post.sortKey}`} dir="auto">
                {firstWords(textOf(post.html), EXCERPT) || t.post.title}
              </a>
            </p>
          ))}
          {report.gone === 0 ? null : <p class="small muted">{t.report.goneFrom(report.gone)}</p>}
          <Form action={`/settings/reports/${report.id}/remove`} token={token} class="row end">
            <button class="btn" type="submit">
              {t.report.remove}
              <span class="vh"> {by(report.person.name)}</span>
            </button>
          </Form>
        </li>
      ))}
    </ul>
  );
}
