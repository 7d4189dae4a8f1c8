import type { Messages } from "../messages/en.ts";
import { Field, Form } from "./form.tsx";

type PasteProps = { t: Messages; token: string; personId: string; wrong: string | undefined };

/** Where the owner gives a certificate that they got from somebody. */
export function PasteKey({ t, token, personId, wrong }: PasteProps) {
  const k = t.elsewhere;
  return (
    <Form action={`/messages/${personId}/key`} token={token} class="card roomy stack" files>
      <h2>{k.paste}</h2>
      <Field id="certificate" label={k.paste} hint={k.pasteHint} wrong={wrong}>
        {(describedBy) => (
          <textarea
            id="certificate"
            name="certificate"
            rows={6}
            dir="ltr"
            class="mono"
            spellcheck={false}
            aria-describedby={describedBy}
          />
        )}
      </Field>
      <Field id="certificate-file" label={k.pasteFile}>
        {() => (
          <input id="certificate-file" type="file" name="certificateFile" accept=".asc,.pgp,.gpg,.key,.txt" />
        )}
      </Field>
      <div class="row end">
        <button class="btn main-do" type="submit">
          {k.pasteGo}
        </button>
      </div>
    </Form>
  );
}
