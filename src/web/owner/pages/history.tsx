import { Router } from "express";
import { type Piece, wordDiff } from "../../../lib/word-diff.ts";
import { textOf } from "../../../social/html.ts";
import { historyOf, type Version } from "../../../social/posts/history.ts";
import { Icon } from "../../html/icon.tsx";
import { Moment } from "../../html/time.tsx";
import type { Messages } from "../../messages/en.ts";
import type { Kit } from "../kit.ts";
import { postOf } from "./post.tsx";

/** What a post said from when on, oldest first, each beside the one before. */
export function historyRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/posts/:sortKey/history", async (visit) => {
    const { acting, t, now } = visit;
    const post = await postOf(visit);
    const versions = await historyOf(acting.read, post.id);
    await visit.show({
      title: t.history.title,
      main: (
        <>
          <div class="page-head">
            <a class="btn bare" href={`/posts/${post.sortKey}`}>
              <Icon name="back" turn />
              {t.back}
            </a>
            <h1>{t.history.heading}</h1>
          </div>
          <p class="small muted">{t.history.lead}</p>
          <ol class="list versions">
            {versions.map((version, place) => {
              const before = versions[place - 1] ?? null;
              const isLast = place === versions.length - 1;
              return <VersionCard {...{ t, now, version, before, isLast }} lang={post.language} />;
            })}
          </ol>
        </>
      ),
    });
  });
  return router;
}

type CardProps = {
  t: Messages;
  now: number;
  version: Version;
  before: Version | null;
  isLast: boolean;
  lang: string;
};

function VersionCard({ t, now, version, before, isLast, lang }: CardProps) {
  const h = t.history;
  const name = before === null ? h.first : isLast ? h.now : h.changed;
  const warnings = wordDiff(before?.warning ?? version.warning, version.warning);
  return (
    <li class="card stack tight">
      <h2>{name}</h2>
      <p class="small muted">
        <Moment t={t} at={version.at} now={now} full />
      </p>
      {warnings.length === 0 ? null : (
        <p dir="auto">
          <b>{h.warning}:</b> <Pieces t={t} pieces={warnings} />
        </p>
      )}
      <p class="prose" dir="auto" lang={lang === "" ? undefined : lang}>
        <Pieces t={t} pieces={wordDiff(said(before ?? version), said(version))} />
      </p>
    </li>
  );
}

function said({ title, html }: Version): string {
  return `${title} ${textOf(html)}`.trim();
}

/** Not by colour alone: read out too. */
function Pieces({ t, pieces }: { t: Messages; pieces: Piece[] }) {
  return (
    <>
      {pieces.map(({ kind, text }) => {
        if (kind === "same") return text;
        const Tag = kind === "added" ? "ins" : "del";
        return (
          <Tag>
            <span class="vh">[{kind === "added" ? t.history.added : t.history.removed}] </span>
            {text}
          </Tag>
        );
      })}
    </>
  );
}
