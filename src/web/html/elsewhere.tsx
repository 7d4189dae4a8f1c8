import type { ConversationView } from "../../social/messages/view.ts";
import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";

type ElsewhereProps = { t: Messages; token: string; one: ConversationView };

/** Nothing would be encrypted there: who could read it, and the owner's decision. Not to is chosen. */
export function AskOpen({ t, token, one: { person } }: ElsewhereProps) {
  const k = t.elsewhere;
  const choices = [
    { value: "no", words: k.askNo, hint: k.askNoHint },
    { value: "yes", words: k.askYes, hint: k.askYesHint },
  ];
  return (
    <div class="note warn">
      <Icon name="warn" />
      <div class="stack tight">
        <h3>{k.askHeading}</h3>
        <p>
          <Isolated words={k.ask(isolate(person.name), isolate(person.host))} />
        </p>
        <Form action={`/messages/${person.id}/open`} token={token} class="stack tight">
          <fieldset>
            <legend class="vh">{k.askChoice}</legend>
            {choices.map(({ value, words, hint }) => (
              <label class="choice">
                <input type="radio" name="open" value={value} checked={value === "no"} />
                <span>
                  <b>{words}</b>
                  {hint}
                </span>
              </label>
            ))}
          </fieldset>
          <div class="row">
            <button class="btn main-do" type="submit">
              {k.askGo}
            </button>
            <a class="btn" href={`/messages/${person.id}/verify`}>
              {k.haveKey}
            </a>
          </div>
        </Form>
      </div>
    </div>
  );
}

/** It is not encrypted, as the owner agreed, and can be ended. */
export function OpenNote({ t, token, one: { person } }: ElsewhereProps) {
  const k = t.elsewhere;
  return (
    <div class="note warn">
      <Icon name="warn" />
      <div class="stack tight">
        <p>
          <Isolated words={k.open(isolate(person.host))} />
        </p>
        <Form action={`/messages/${person.id}/open`} token={token} class="row">
          <button class="btn" type="submit" name="open" value="stop">
            {k.openStop}
          </button>
          <a class="btn" href={`/messages/${person.id}/verify`}>
            {k.haveKey}
          </a>
        </Form>
      </div>
    </div>
  );
}

/** What goes to them is not signed so far. */
export function OldKeyNote({ t, one: { person } }: Omit<ElsewhereProps, "token">) {
  return (
    <div class="note calm">
      <Icon name="warn" />
      <div class="stack tight">
        <p>
          <Isolated words={t.elsewhere.oldKey(isolate(person.name))} />
        </p>
        <p>
          <a class="btn" href="/settings/gnupg">
            {t.elsewhere.oldKeyGo}
          </a>
        </p>
      </div>
    </div>
  );
}
