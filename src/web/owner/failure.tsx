import type { NodeError } from "../../lib/errors.ts";
import type { Language } from "../html/document.tsx";
import { GatePage } from "../html/gate-page.tsx";
import { Icon } from "../html/icon.tsx";
import { Note } from "../html/note.tsx";
import type { Messages } from "../messages/en.ts";
import { sentence } from "../messages/messages.ts";
import { type Kept, KeptForm, keptText } from "./kept.tsx";
import type { PageParts } from "./kit.ts";

type FailureProps = { t: Messages; error: NodeError; status: number; kept: Kept | null; token: string };

/** Whatever did not work: what it is, what was typed, the next step. */
export function FailurePage({ t, error, status, kept, token }: FailureProps): PageParts {
  if (status === 404 && kept === null)
    return MissingPage({ t, text: error.code === "not-found" ? t.missing.text : sentence(t, error) });
  const text = status === 413 ? t.wrong.tooLarge : sentence(t, error);
  return {
    title: t.wrong.title,
    status,
    main: (
      <section class="card roomy stack">
        <h1>{t.wrong.heading}</h1>
        <Note tone="stop" icon="warn">
          <p>{text}</p>
        </Note>
        {kept === null ? null : <KeptText t={t} kept={kept} lead={t.wrong.kept} />}
        <div class="row">
          {kept === null ? null : <KeptForm kept={kept} token={token} go={t.wrong.again} />}
          <a class={kept === null ? "btn main-do" : "btn bare"} href="/">
            {t.wrong.home}
          </a>
        </div>
        <p class="small muted">
          {t.wrong.code} <code>{error.code}</code>. {t.wrong.nothingSent}
        </p>
      </section>
    ),
  };
}

/** Private and missing look the same. */
function MissingPage({ t, text }: { t: Messages; text: string }): PageParts {
  return {
    title: t.missing.title,
    status: 404,
    main: (
      <section class="card empty">
        <Icon name="door" big />
        <h1>{t.missing.heading}</h1>
        <p class="muted">{text}</p>
        <p>
          <a class="btn main-do" href="/">
            {t.missing.home}
          </a>
        </p>
      </section>
    ),
  };
}

type AgainProps = { t: Messages; kept: Kept; token: string };

/** No hidden field can carry a file. */
export function StalePage({ t, kept, token, lostFile }: AgainProps & { lostFile: boolean }): PageParts {
  const { title, heading, go, not } = t.stale;
  const text = lostFile ? t.unlock.keptNoFile : t.stale.text;
  return AgainPage({ t, kept, token, title, heading, text, go, not, status: 403 });
}

/** After unlocking: what was about to happen is offered, never done by itself. */
export function ResumePage({ t, kept, token }: AgainProps): PageParts {
  const {
    resumeTitle: title,
    resumeHeading: heading,
    resumeLead: text,
    resumeGo: go,
    resumeNot: not,
  } = t.unlock;
  return AgainPage({ t, kept, token, title, heading, text, go, not, status: 200 });
}

type Words = { title: string; heading: string; text: string; go: string; not: string; status: number };

function AgainPage({ t, kept, token, title, heading, text, go, not, status }: AgainProps & Words): PageParts {
  return {
    title,
    status,
    main: (
      <section class="card roomy stack">
        <h1>{heading}</h1>
        <p>{text}</p>
        <KeptText t={t} kept={kept} lead={null} />
        <div class="row">
          <KeptForm kept={kept} token={token} go={go} />
          <a class="btn bare" href="/">
            {not}
          </a>
        </div>
      </section>
    ),
  };
}

function KeptText({ kept, lead }: { t: Messages; kept: Kept; lead: string | null }) {
  const text = keptText(kept);
  if (text === "") return null;
  return (
    <div class="stack tight">
      {lead === null ? null : <p class="muted">{lead}</p>}
      <p class="hello kept" dir="auto">
        {text}
      </p>
    </div>
  );
}

type PlainProps = { t: Messages; lang: Language; title: string; heading: string; text: string; go: string };

/** For whoever is not in: nothing about the owner, one sentence, one way on. */
export function PlainPage({ t, lang, title, heading, text, go }: PlainProps) {
  return (
    <GatePage t={t} lang={lang} title={title} pane={t.unlock.pane} paneSmall={t.unlock.paneSmall}>
      <div>
        <h1>{heading}</h1>
        <p class="lead">{text}</p>
      </div>
      <p>
        <a class="btn main-do" href="/">
          {go}
        </a>
      </p>
    </GatePage>
  );
}
