import type { ComponentChildren } from "preact";
import type { PersonView } from "../../social/people/view.ts";
import { LONGEST_POST, LONGEST_WARNING } from "../../social/posts/limits.ts";
import type { Quotable } from "../../social/quotes/quotable.ts";
import type { Messages } from "../messages/en.ts";
import { AnswersField, type TypedAnswers } from "./answers-field.tsx";
import { AudiencePicker, type Picked } from "./audience-picker.tsx";
import type { Around } from "./choice-fields.tsx";
import { buttonWords, saidOf } from "./choice-words.ts";
import { ComposeFiles, type TypedFiles } from "./compose-files.tsx";
import { Face } from "./face.tsx";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { LanguageField } from "./language-field.tsx";
import { Note } from "./note.tsx";
import { PollField, type TypedPoll } from "./poll-field.tsx";
import { MEDIA } from "./post.tsx";
import { QuotableField } from "./quotable-field.tsx";

/** What stands in the form: empty, or as it was sent when something was not right. */
export type Typed = {
  id: string;
  text: string;
  warning: string;
  /** For everyone, after ten that were not: that is asked first. */
  asks: boolean;
  /** The choice is kept for the next ones. */
  keep: boolean;
  answers: TypedAnswers;
  quotable: Quotable;
  language: string;
  poll: TypedPoll;
} & Picked &
  TypedFiles;

type ComposeProps = {
  t: Messages;
  token: string;
  owner: PersonView;
  typed: Typed;
  around: Around;
  offline: boolean;
  /** Where it is sent, and what it is called: "/posts" and a post when not said. */
  action?: string;
  label?: string;
};

/** Writing a post, with who sees it as a sentence that opens into a choice. */
export function Compose(props: ComposeProps) {
  const { t, token, owner, typed, around, offline } = props;
  const c = t.compose;
  const { action = "/posts", label = c.form } = props;
  return (
    <Form action={action} token={token} class="card compose stack tight" label={label} files>
      <input type="hidden" name="id" value={typed.id} />
      <input type="hidden" name="said" value={saidOf(typed.choice, typed.going.length)} />
      <EveryoneQuestion t={t} asks={typed.asks} />
      <div class="row fixed start">
        <Face person={owner} media={MEDIA} />
        <div class="grow">
          <label class="vh" for="say">
            {c.label}
          </label>
          <textarea
            id="say"
            name="text"
            rows={3}
            maxlength={LONGEST_POST * 2}
            dir="auto"
            placeholder={c.placeholder}
            aria-describedby={typed.wrong === null ? undefined : "say-e"}
            aria-invalid={typed.wrong === null ? undefined : "true"}
          >
            {typed.text}
          </textarea>
        </div>
      </div>
      <Wrong wrong={typed.wrong} />
      <AudiencePicker t={t} around={around} picked={typed} keep />
      <div class="tools">
        <PollField t={t} poll={typed.poll} />
        <WarningField t={t} warning={typed.warning} />
        <QuotableField t={t} quotable={typed.quotable} />
        <AnswersField t={t} typed={typed.answers} around={around} />
        <LanguageField t={t} id="language" language={typed.language} />
        <ComposeFiles t={t} typed={typed} />
      </div>
      <PostButton t={t} typed={typed}>
        {offline ? <span class="small muted push">{c.later}</span> : null}
      </PostButton>
    </Form>
  );
}

/** After ten posts that were for fewer: whether this one is meant for everyone. Stands first, where it is seen; Enter chooses again. */
export function EveryoneQuestion({ t, asks }: { t: Messages; asks: boolean }) {
  const c = t.choice;
  if (!asks) return null;
  return (
    <Note tone="warn" icon="globe">
      <p>
        <b>{c.everyone}</b> {c.everyoneText}
      </p>
      <div class="row">
        <button class="btn" type="submit" name="do" value="count">
          {c.again}
        </button>
        <button class="btn" type="submit" name="do" value="everyone">
          {c.everyoneGo}
        </button>
      </div>
    </Note>
  );
}

type PostButtonProps = {
  t: Messages;
  typed: Pick<Typed, "choice" | "going" | "asks">;
  children?: ComponentChildren;
};

/** What will happen, on the button; while it is asked whether everyone is meant, the answers are the buttons. */
export function PostButton({ t, typed, children }: PostButtonProps) {
  return (
    <div class="row end">
      {children}
      {typed.asks ? null : (
        <button class="btn main-do wide-s" type="submit" name="do" value="post">
          {buttonWords(t, typed.choice.reach, typed.going.length)}
        </button>
      )}
    </div>
  );
}

export function Wrong({ wrong }: { wrong: string | null }) {
  if (wrong === null) return null;
  return (
    <p class="why" id="say-e" role="alert">
      <Icon name="warn" />
      <span>{wrong}</span>
    </p>
  );
}

export function WarningField({ t, warning }: { t: Messages; warning: string }) {
  return (
    <details class="fold" open={warning !== ""}>
      <summary>
        <Icon name="warn" />
        {t.compose.warning}
      </summary>
      <div class="field">
        <label for="warning">{t.compose.warningLabel}</label>
        <input
          id="warning"
          name="warning"
          value={warning}
          maxlength={LONGEST_WARNING}
          dir="auto"
          aria-describedby="warning-h"
        />
        <p class="hint" id="warning-h">
          {t.compose.warningHint}
        </p>
      </div>
    </details>
  );
}
