import type { Messages } from "../messages/en.ts";
import { Field, Form } from "./form.tsx";
import { Icon } from "./icon.tsx";

type Props = {
  t: Messages;
  token: string;
  /** Takes a picture in the field "code". Asked in the background, it answers `{ text, says }`. */
  action: string;
  /** The id of a field: what the camera read is put in there, and its form sent. */
  into: string;
  wrong: string | null;
};

/** Reading a code from a picture; scanning.js adds the camera. */
export function ScanCard({ t, token, action, into, wrong }: Props) {
  const s = t.scan;
  return (
    <section class="card roomy stack" id="scan" data-scan={into}>
      <h2>{s.heading}</h2>
      <Camera t={t} />
      <Form action={action} token={token} files class="stack tight">
        <Field id="code" label={s.picture} hint={s.pictureHint} wrong={wrong ?? undefined}>
          {(ids) => (
            <input
              id="code"
              name="code"
              type="file"
              accept="image/jpeg,image/png,image/webp"
              capture="environment"
              aria-describedby={ids}
              aria-invalid={wrong === null ? undefined : "true"}
            />
          )}
        </Field>
        <button class="btn full" type="submit" data-busy>
          {s.read}
        </button>
      </Form>
      <p class="small muted">{s.stays}</p>
    </section>
  );
}

/** Shown by the script where there is a way to a camera. What it says meanwhile stands here. */
function Camera({ t: { scan: s } }: Pick<Props, "t">) {
  return (
    <div
      class="stack tight"
      data-camera
      data-opening={s.opening}
      data-looking={s.looking}
      data-found={s.found}
      data-no-camera={s.noCamera}
      data-not-allowed={s.notAllowed}
      data-not-now={s.notNow}
      data-off={s.off}
      data-tired={s.tired}
      hidden
    >
      <button class="btn full" type="button" data-start>
        <Icon name="scan" />
        {s.use}
      </button>
      <div class="files" data-view hidden>
        <div class="media">
          <video aria-label={s.view} muted playsInline />
        </div>
      </div>
      <button class="btn full" type="button" data-stop hidden>
        <Icon name="x" />
        {s.stop}
      </button>
      <p class="small" aria-live="polite" data-says />
    </div>
  );
}
