import type { PersonView } from "../../social/people/view.ts";
import { LONGEST_POST, LONGEST_WARNING } from "../../social/posts/limits.ts";
import { isReach, type Reach } from "../../social/posts/reach.ts";
import type { Quotable } from "../../social/quotes/quotable.ts";
import type { Messages } from "../messages/en.ts";
import { AudiencePicker, buttonWords } from "./audience-picker.tsx";
import { ComposeFiles, type TypedFiles } from "./compose-files.tsx";
import { Face } from "./face.tsx";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { LanguageField } from "./language-field.tsx";
import { PollField, type TypedPoll } from "./poll-field.tsx";
import { MEDIA } from "./post.tsx";
import { QuotableField } from "./quotable-field.tsx";

/** What stands in the form: empty, or as it was sent when something was not right. */
export type Typed = {
  id: string;
  text: string;
  warning: string;
  reach: Reach;
  to: string[];
  quotable: Quotable;
  wrong: string | null;
  /** Ids of those it would go to, once that was worked out. */
  going: string[] | null;
  language: string;
  poll: TypedPoll;
} & TypedFiles;

const widest: readonly Reach[] = ["everyone", "unlisted", "subscribers", "chosen", "me"];

/** More people than the button said: without a script its words stay as the page was made. */
export function isWider(chosen: Reach, said: string): boolean {
  return isReach(said) && widest.indexOf(chosen) < widest.indexOf(said);
}

type ComposeProps = {
  t: Messages;
  token: string;
  owner: PersonView;
  typed: Typed;
  /** People to choose from. */
  people: PersonView[];
  subscribers: number;
  offline: boolean;
  /** Where it is sent, and what it is called: "/posts" and a post when not said. */
  action?: string;
  label?: string;
};

/** Writing a post, with who sees it as a sentence that opens into a choice. */
export function Compose(props: ComposeProps) {
  const { t, token, owner, typed, people, subscribers, offline } = props;
  const c = t.compose;
  const { action = "/posts", label = c.form } = props;
  const count = typed.going?.length ?? (typed.reach === "subscribers" ? subscribers : typed.to.length);
  return (
    <Form action={action} token={token} class="card compose stack tight" label={label} files>
      <input type="hidden" name="id" value={typed.id} />
      <input type="hidden" name="said" value={typed.reach} />
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
      <AudiencePicker {...{ t, people, count, subscribers }} picked={typed} />
      <div class="tools">
        <PollField t={t} poll={typed.poll} />
        <WarningField t={t} warning={typed.warning} />
        <QuotableField t={t} quotable={typed.quotable} />
        <LanguageField t={t} id="language" language={typed.language} />
        <ComposeFiles t={t} typed={typed} />
      </div>
      <div class="row end">
        {offline ? <span class="small muted push">{c.later}</span> : null}
        <button class="btn main-do wide-s" type="submit" name="do" value="post">
          {buttonWords(t, typed.reach, count)}
        </button>
      </div>
    </Form>
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
