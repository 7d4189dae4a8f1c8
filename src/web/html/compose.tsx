import type { PersonView } from "../../social/people/view.ts";
import { LONGEST_POST, LONGEST_WARNING } from "../../social/posts/limits.ts";
import { isReach, type Reach } from "../../social/posts/reach.ts";
import type { Messages } from "../messages/en.ts";
import { Face } from "./face.tsx";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { MEDIA } from "./post.tsx";
import { reachIcon } from "./reach.tsx";

/** What stands in the form: empty, or as it was sent when something was not right. */
export type Typed = {
  id: string;
  text: string;
  warning: string;
  reach: Reach;
  to: string[];
  wrong: string | null;
};

export const reaches: readonly Reach[] = ["everyone", "unlisted", "subscribers", "chosen", "me"];

export function reachOfField(text: string): Reach {
  return isReach(text) ? text : "everyone";
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
};

/** Writing a post, with who sees it as a sentence that opens into a choice. */
export function Compose({ t, token, owner, typed, people, subscribers, offline }: ComposeProps) {
  const c = t.compose;
  const count = typed.reach === "subscribers" ? subscribers : typed.to.length;
  return (
    <Form action="/posts" token={token} class="card compose stack tight" label={c.form}>
      <input type="hidden" name="id" value={typed.id} />
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
      <WarningField t={t} warning={typed.warning} />
      <Who t={t} typed={typed} people={people} count={count} />
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
      <summary>{t.compose.warning}</summary>
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

function Who({
  t,
  typed,
  people,
  count,
}: {
  t: Messages;
  typed: Typed;
  people: PersonView[];
  count: number;
}) {
  const c = t.compose;
  return (
    <details
      class={typed.reach === "everyone" || typed.reach === "unlisted" ? "who all" : "who"}
      open={typed.wrong !== null || typed.reach === "chosen"}
    >
      <summary>
        <Icon name={reachIcon[typed.reach]} />
        <span>
          {c.who}
          <b>{resultWords(t, typed.reach, count)}</b>
        </span>
        <u>{c.change}</u>
      </summary>
      <div class="panel">
        <fieldset>
          <legend>{c.who}</legend>
          <div class="pick">
            {reaches.map((reach) => (
              <label>
                <input
                  type="radio"
                  name="reach"
                  value={reach}
                  checked={reach === typed.reach}
                  data-words={buttonWords(t, reach, -1)}
                />
                <Icon name={reachIcon[reach]} />
                <span>
                  {c.reach[reach]}
                  <span class="vh">. {c.reachHint[reach]}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend>{c.people}</legend>
          {people.length === 0 ? <p class="small muted">{c.noPeople}</p> : null}
          <div class="pick">
            {people.map((person) => (
              <label>
                <input type="checkbox" name="to" value={person.id} checked={typed.to.includes(person.id)} />
                <bdi>{person.name}</bdi>
              </label>
            ))}
          </div>
        </fieldset>
        <button class="btn" type="submit" name="do" value="count">
          <Icon name="again" />
          {c.workOut}
        </button>
      </div>
    </details>
  );
}

function resultWords(t: Messages, reach: Reach, count: number): string {
  const words = t.compose.result[reach];
  return typeof words === "string" ? words : words(count);
}

/** What the button will do. -1: for how many is not known yet. */
function buttonWords(t: Messages, reach: Reach, count: number): string {
  const words = t.compose.button[reach];
  return typeof words === "string" ? words : words(Math.max(0, count));
}
