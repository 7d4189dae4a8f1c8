import { LONGEST_ARTICLE, LONGEST_ARTICLE_TITLE } from "../../social/articles/limits.ts";
import type { ArticleWords } from "../../social/articles/words.ts";
import type { Quotable } from "../../social/quotes/quotable.ts";
import type { Messages } from "../messages/en.ts";
import { AnswersField } from "./answers-field.tsx";
import { LongText } from "./article.tsx";
import { AudiencePicker } from "./audience-picker.tsx";
import type { Around } from "./choice-fields.tsx";
import { saidOf } from "./choice-words.ts";
import { EveryoneQuestion, PostButton, type Typed, WarningField, Wrong } from "./compose.tsx";
import { Form } from "./form.tsx";
import { LanguageField } from "./language-field.tsx";
import { QuotableField } from "./quotable-field.tsx";
import { dayAndTime } from "./time.tsx";

export type TypedArticleForm = Omit<Typed, "poll" | "files" | "fileTrouble"> & {
  title: string;
  quotable: Quotable;
  savedAt: number;
};

type ArticleFormProps = {
  t: Messages;
  token: string;
  /** Where it is sent. */
  action: string;
  typed: TypedArticleForm;
  /** null: who sees it was said when it was published. */
  around: Around | null;
};

/** Writing a long post: text, who sees it, preview, draft. */
export function ArticleForm({ t, token, action, typed, around }: ArticleFormProps) {
  const b = t.blog;
  return (
    <Form action={action} token={token} class="card compose stack" label={b.form}>
      <input type="hidden" name="id" value={typed.id} />
      <input type="hidden" name="said" value={saidOf(typed.choice, typed.going.length)} />
      <EveryoneQuestion t={t} asks={typed.asks} />
      <div class="field">
        <label for="title">{b.titleLabel}</label>
        <input id="title" name="title" value={typed.title} maxlength={LONGEST_ARTICLE_TITLE * 2} dir="auto" />
      </div>
      <TextField t={t} typed={typed} />
      <Wrong wrong={typed.wrong} />
      <div class="tools">
        <WarningField t={t} warning={typed.warning} />
        <QuotableField t={t} quotable={typed.quotable} />
        {around === null ? null : <AnswersField t={t} typed={typed.answers} around={around} />}
        <LanguageField t={t} id="language" language={typed.language} />
      </div>
      {around === null ? null : <AudiencePicker t={t} around={around} picked={typed} keep />}
      <DraftLine t={t} savedAt={typed.savedAt} />
      {around === null ? (
        <div class="row end">
          <Before t={t} />
          <button class="btn main-do wide-s" type="submit" name="do" value="post">
            {b.change}
          </button>
        </div>
      ) : (
        <PostButton t={t} typed={typed}>
          <Before t={t} />
        </PostButton>
      )}
    </Form>
  );
}

/** What can be done before it is published. */
function Before({ t }: { t: Messages }) {
  return (
    <>
      <button class="btn" type="submit" name="do" value="save">
        {t.blog.save}
      </button>
      <button class="btn" type="submit" name="do" value="preview">
        {t.blog.preview}
      </button>
    </>
  );
}

function TextField({ t, typed }: { t: Messages; typed: TypedArticleForm }) {
  const b = t.blog;
  return (
    <div class="field">
      <label for="say">{b.textLabel}</label>
      <textarea
        id="say"
        name="text"
        rows={18}
        maxlength={LONGEST_ARTICLE * 2}
        dir="auto"
        aria-describedby={typed.wrong === null ? "say-h say-m" : "say-e say-h say-m"}
        aria-invalid={typed.wrong === null ? undefined : "true"}
        data-most={LONGEST_ARTICLE}
        data-counter="say-n"
        data-draft={b.savedNow}
      >
        {typed.text}
      </textarea>
      <p class="hint" id="say-h">
        {b.limit(LONGEST_ARTICLE)} <span id="say-n" data-left={b.left} data-over={b.over} />
      </p>
      <p class="hint" id="say-m">
        {b.markdown}
      </p>
    </div>
  );
}

function DraftLine({ t, savedAt }: { t: Messages; savedAt: number }) {
  return (
    <div class="row">
      <span class="small muted grow" id="draft-said">
        {savedAt === 0 ? "" : t.blog.savedAt(dayAndTime(t, savedAt))}
      </span>
      {savedAt === 0 ? null : (
        <button class="btn bare" type="submit" name="do" value="discard">
          {t.blog.discard}
        </button>
      )}
    </div>
  );
}

/** Exactly what will be published, from the same hand as the publishing. */
export function ArticlePreview({
  t,
  words,
  outward,
}: {
  t: Messages;
  words: ArticleWords;
  outward: (html: string) => string;
}) {
  return (
    <section class="card roomy stack loose" id="preview">
      <h2>{t.blog.previewHeading}</h2>
      <p class="small muted">{t.blog.previewHint}</p>
      {words.warning === "" ? null : (
        <p class="note warn" dir="auto">
          {words.warning}
        </p>
      )}
      <header class="stack long">
        <h3 class="title" dir="auto">
          {words.title}
        </h3>
      </header>
      <LongText html={outward(words.html)} language="" under={2} />
    </section>
  );
}
