import type { ComponentChildren } from "preact";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";

export const TOKEN_FIELD = "form";

/** Stands in every form: a form of another page does not have it. */
export function FormToken({ token }: { token: string }) {
  return <input type="hidden" name={TOKEN_FIELD} value={token} />;
}

type FieldProps = { id: string; label: string; hint?: string | undefined; wrong?: string | undefined; children: (describedBy: string | undefined) => ComponentChildren };

/** A control with its label, a hint, and what is wrong with it. `children` gets the ids that describe it. */
export function Field({ id, label, hint, wrong, children }: FieldProps) {
  const ids = [wrong === undefined ? "" : `${id}-e`, hint === undefined ? "" : `${id}-h`].filter((one) => one !== "");
  return (
    <div class={wrong === undefined ? "field" : "field bad"}>
      <label for={id}>{label}</label>
      {children(ids.length === 0 ? undefined : ids.join(" "))}
      {wrong === undefined ? null : (
        <p class="why" id={`${id}-e`}>
          <Icon name="warn" />
          {wrong}
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

type PassphraseProps = { id: string; label: string; t: Messages; hint?: string; wrong?: string | undefined; current?: boolean };

/** Never filled in by us: what was typed wrong is typed anew. The script adds a way to show it. */
export function PassphraseField({ id, label, hint, wrong, current = false }: PassphraseProps) {
  return (
    <Field id={id} label={label} hint={hint} wrong={wrong}>
      {(describedBy) => (
        <input
          id={id}
          name={id}
          type="password"
          autocomplete={current ? "current-password" : "new-password"}
          aria-describedby={describedBy}
          aria-invalid={wrong === undefined ? undefined : "true"}
          data-show
        />
      )}
    </Field>
  );
}
