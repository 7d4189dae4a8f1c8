import type { AudienceView } from "../../social/audiences/audience.ts";
import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Isolated, isolate } from "./isolated.tsx";

type Props = {
  t: Messages;
  token: string;
  person: PersonView;
  all: readonly AudienceView[];
  within: ReadonlySet<string>;
};

/** Which of the owner's audiences a person is in. */
export function PersonAudiences({ t, token, person, all, within }: Props) {
  const a = t.audiences;
  if (person.gone) return null;
  if (all.length === 0) {
    return (
      <p class="small">
        <a href="/people/audiences">{t.choice.make}</a>
      </p>
    );
  }
  return (
    <Form action={`/people/${person.id}/audiences`} token={token} class="card stack tight">
      <fieldset>
        <legend>
          <Isolated words={a.of(isolate(person.name))} />
        </legend>
        <div class="pick">
          {all.map(({ id, name }) => (
            <label>
              <input type="checkbox" name="in" value={id} checked={within.has(id)} />
              <bdi>{name}</bdi>
            </label>
          ))}
        </div>
      </fieldset>
      {all.map(({ id }) => (
        <input type="hidden" name="shown" value={id} />
      ))}
      <div class="row ends">
        <span class="small muted grow">
          <Isolated words={a.ofHint(isolate(person.name))} />
        </span>
        <button class="btn" type="submit">
          {a.save}
        </button>
      </div>
    </Form>
  );
}
