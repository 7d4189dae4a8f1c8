import { MUTE_CHOICES, type MuteChoice } from "../../social/muting/mute.ts";
import { holdsAt } from "../../social/muting/words.ts";
import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { dayAndTime } from "./time.tsx";

type Props = { t: Messages; token: string; person: PersonView; now: number };

/** Not seeing somebody for a while, or reporting them. */
export function PersonQuiet({ t, token, person, now }: Props) {
  const isMuted = person.muted !== null && holdsAt(person.muted.until, now);
  if (person.gone) return null;
  return (
    <section class="card stack" id="quiet" aria-labelledby="quiet-h">
      <h2 id="quiet-h">{t.mute.title}</h2>
      {isMuted ? (
        <Muted t={t} token={token} person={person} />
      ) : (
        <details class="fold">
          <summary>{t.mute.heading}</summary>
          <Form action={`/people/${person.id}`} token={token} class="stack">
            <p class="small muted">
              <Isolated words={t.mute.lead(isolate(person.name))} />
            </p>
            <fieldset>
              <legend class="vh">{t.mute.heading}</legend>
              <div class="pick">
                {(Object.keys(MUTE_CHOICES) as MuteChoice[]).map((choice) => (
                  <label>
                    <input type="radio" name="for" value={choice} checked={choice === "day"} />
                    {t.mute.choices[choice]}
                  </label>
                ))}
              </div>
            </fieldset>
            <label class="row">
              <input type="checkbox" name="notices" value="yes" checked />
              <span>{t.mute.notices}</span>
            </label>
            <div class="row end">
              <button class="btn main-do" type="submit" name="do" value="mute">
                {t.mute.heading}
              </button>
            </div>
          </Form>
        </details>
      )}
      <div class="row end">
        <a class="btn bare" href={`/people/${person.id}/report`}>
          <Icon name="warn" />
          {t.report.open}
        </a>
      </div>
    </section>
  );
}

function Muted({ t, token, person }: Omit<Props, "now">) {
  const { until, notices } = person.muted ?? { until: 0, notices: false };
  return (
    <Form action={`/people/${person.id}`} token={token} class="row ends">
      <span class="grow">
        <Icon name="clock" /> {until === 0 ? t.mute.always : t.mute.until(dayAndTime(t, until))}{" "}
        {notices ? t.mute.noNotices : null}
      </span>
      <button class="btn" type="submit" name="do" value="unmute">
        {t.mute.end}
      </button>
    </Form>
  );
}
