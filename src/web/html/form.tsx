import type { ComponentChildren } from "preact";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";

export const TOKEN_FIELD = "form";

/** Stands in every form: a form of another page does not have it. */
export function FormToken({ token }: { token: string }) {
  return <input type="hidden" name={TOKEN_FIELD} value={token} />;
}

type FormProps = {
  action: string;
  token: string;
  class?: string;
  label?: string;
  /** For a form with files in it. */
  files?: boolean;
  children: ComponentChildren;
};

/** A change is always a form that posts, so that it works without script too. */
export function Form({ action, token, class: name, label, files = false, children }: FormProps) {
  return (
    <form
      class={name}
      method="post"
      action={action}
      aria-label={label}
      autocomplete="off"
      enctype={files ? "multipart/form-data" : undefined}
    >
      {children}
      <FormToken token={token} />
    </form>
  );
}

type FieldProps = {
  id: string;
  label: string;
  hint?: string | undefined;
  /** What is not right, with the next step in it. */
  wrong?: string | undefined;
  children: (describedBy: string | undefined) => ComponentChildren;
};

/** A control with its label, a hint, and what is not right with it. `children` gets the ids that describe it. */
export function Field({ id, label, hint, wrong, children }: FieldProps) {
  const ids = [wrong === undefined ? "" : `${id}-e`, hint === undefined ? "" : `${id}-h`].filter(
    (one) => one !== "",
  );
  return (
    <div class={wrong === undefined ? "field" : "field bad"}>
      <label for={id}>{label}</label>
      {children(ids.length === 0 ? undefined : ids.join(" "))}
      {wrong === undefined ? null : (
        <p class="why" id={`${id}-e`}>
          <Icon name="warn" />
          <span>{wrong}</span>
        </p>
      )}
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-h`}>
          {hint}
        </p>
      )}
    </div>
  );
}

type PassphraseProps = {
  id: string;
  label: string;
  hint?: string | undefined;
  wrong?: string | undefined;
  /** The one in use, as against one that is being chosen. */
  current?: boolean;
  required?: boolean;
  /** The script says how strong it is in the element of this id. */
  meter?: string;
};

/** Never filled in by us: what was typed is typed anew. The script adds a way to show it. */
export function PassphraseField(props: PassphraseProps) {
  const { id, label, hint, wrong, current = false, required = true, meter } = props;
  return (
    <Field id={id} label={label} hint={hint} wrong={wrong}>
      {(describedBy) => (
        <input
          id={id}
          name={id}
          type="password"
          autocomplete={current ? "current-password" : "new-password"}
          autocapitalize="none"
          spellcheck={false}
          required={required}
          aria-describedby={describedBy}
          aria-invalid={wrong === undefined ? undefined : "true"}
          data-meter={meter}
        />
      )}
    </Field>
  );
}

/** Hidden until the script is there that can do it. It shows every passphrase of its form. */
export function ShowTyped({ t }: { t: Messages }) {
  return (
    <label class="row" data-show hidden>
      <input type="checkbox" /> <span>{t.show}</span>
    </label>
  );
}

type StrengthProps = { t: Messages; id: string; score: 0 | 1 | 2 | 3 | 4 | null };

/** How strong a passphrase is, in words and as a bar; null: nothing was typed yet, shown when the script knows. */
export function Strength({ t, id, score }: StrengthProps) {
  return (
    <div id={id} hidden={score === null}>
      <meter min="0" max="4" low={2} high={3} optimum={4} value={score ?? 0} aria-label={t.strength.title} />
      <p class="hint">
        <b>{t.strength.words[score ?? 0]}</b> <span>{t.strength.help[score ?? 0]}</span>
      </p>
    </div>
  );
}
