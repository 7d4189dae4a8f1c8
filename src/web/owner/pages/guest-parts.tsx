import { type GuestView, LONGEST_GUEST_NAME } from "../../../social/guests/guest.ts";
import { Field } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { QrCode } from "../../html/qr-code.tsx";
import { SecretLink } from "../../html/secret-link.tsx";
import { ago } from "../../html/time.tsx";
import type { Visit } from "../kit.ts";

/** What stands in the form. */
export type Typed = { name: string; wrong: string | undefined };

/** In the answer to the button, and nowhere afterwards. */
export async function showLink(
  visit: Visit,
  guest: { id: string; name: string },
  secret: string,
): Promise<void> {
  const { acting, t } = visit;
  const g = t.guests;
  const url = `${acting.me.origin}/guest/${secret}`;
  await visit.show({
    title: g.oneTitle,
    current: "people",
    main: (
      <>
        <div class="page-head">
          <UpToGuests t={t} />
          <h1>
            <Isolated words={g.linkHeading(isolate(guest.name))} />
          </h1>
        </div>
        <section class="card roomy stack">
          <QrCode address={url} alt={g.qrAlt} />
          <SecretLink url={url} copy={g.copy} copied={g.copied} />
          <p class="small muted">{g.linkOnce}</p>
          <p class="small muted">{g.linkSecret}</p>
          <p>
            <a class="btn" href={`/people/guests/${guest.id}`}>
              {g.goOn}
            </a>
          </p>
        </section>
      </>
    ),
  });
}

export function UpToGuests({ t }: Pick<Visit, "t">) {
  return (
    <p class="up">
      <a href="/people/guests">
        <Icon name="back" turn />
        {t.guests.title}
      </a>
    </p>
  );
}

export function NameField({ t, name, wrong }: Pick<Visit, "t"> & Typed) {
  return (
    <Field id="name" label={t.guests.name} hint={t.guests.nameHint} wrong={wrong}>
      {(describedBy) => (
        <input
          id="name"
          name="name"
          value={name}
          maxlength={LONGEST_GUEST_NAME}
          required
          dir="auto"
          aria-describedby={describedBy}
          aria-invalid={wrong === undefined ? undefined : "true"}
        />
      )}
    </Field>
  );
}

/** When it was opened last and what, or that it is over. */
export function howItStands({ t, guest, now }: Pick<Visit, "t" | "now"> & { guest: GuestView }): string {
  const g = t.guests;
  if (guest.endedAt > 0) return g.ended(ago(t, guest.endedAt, now));
  if (guest.last === null) return g.never;
  return `${g.last(ago(t, guest.last.at, now))} · ${g.what[guest.last.kind]}`;
}
