import { LONGEST_WORDS, type WordAction } from "../../../social/muting/words.ts";
import { Field, Form } from "../../html/form.tsx";
import type { Messages } from "../../messages/en.ts";
import { Choice } from "./choices.tsx";

const HOUR = 60 * 60_000;

/** Milliseconds; 0: until it is ended. */
export const LASTING = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 168 * HOUR,
  month: 720 * HOUR,
  always: 0,
} as const;
export type Lasting = keyof typeof LASTING;

/** What stands in the form. keep: the end stays as it is. */
export type Typed = {
  words: string;
  whole: boolean;
  action: WordAction;
  lasting: Lasting | "keep";
  wrong: string | undefined;
};

type Props = {
  t: Messages;
  token: string;
  action: string;
  typed: Typed;
  go: string;
  changing?: boolean;
};

export function WordForm({ t, token, action, typed, go, changing = false }: Props) {
  const w = t.words;
  const times: (Lasting | "keep")[] = [
    ...(changing ? (["keep"] as const) : []),
    ...(Object.keys(LASTING) as Lasting[]),
  ];
  const picked = !changing && typed.lasting === "keep" ? "always" : typed.lasting;
  return (
    <Form action={action} token={token} class="stack loose">
      <Field id="words" label={w.label} hint={w.labelHint} wrong={typed.wrong}>
        {(describedBy) => (
          <input
            id="words"
            name="words"
            value={typed.words}
            maxlength={LONGEST_WORDS}
            required
            dir="auto"
            aria-describedby={describedBy}
            aria-invalid={typed.wrong === undefined ? undefined : "true"}
          />
        )}
      </Field>
      <fieldset>
        <legend>{w.how}</legend>
        <Choice name="whole" value="yes" checked={typed.whole} title={w.whole} hint={w.wholeHint} />
        <Choice name="whole" value="no" checked={!typed.whole} title={w.part} hint={w.partHint} />
      </fieldset>
      <fieldset>
        <legend>{w.action}</legend>
        <Choice
          name="action"
          value="warn"
          checked={typed.action === "warn"}
          title={w.warn}
          hint={w.warnHint}
        />
        <Choice
          name="action"
          value="hide"
          checked={typed.action === "hide"}
          title={w.hide}
          hint={w.hideHint}
        />
      </fieldset>
      <fieldset>
        <legend>{w.long}</legend>
        <div class="pick">
          {times.map((one) => (
            <label>
              <input type="radio" name="lasting" value={one} checked={one === picked} />
              {one === "keep" ? w.keep : w.lasting[one]}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="row end">
        <button class="btn main-do" type="submit">
          {go}
        </button>
      </div>
    </Form>
  );
}
