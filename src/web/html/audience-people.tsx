import type { AudienceView } from "../../social/audiences/audience.ts";
import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { PersonRow } from "./person-row.tsx";

/** Whom a typed name may mean. */
export type Found = { words: string; people: readonly PersonView[] };

type Props = {
  t: Messages;
  token: string;
  one: AudienceView;
  people: readonly PersonView[];
  known: readonly PersonView[];
  often: readonly PersonView[];
  found: Found | undefined;
};

/** Who is in an audience, with the ways in and out. */
export function AudiencePeople({ t, token, one, people, known, often, found }: Props) {
  const a = t.audiences;
  const action = `/people/audiences/${one.id}`;
  return (
    <section class="card roomy stack">
      <h2 class="vh">{a.count(one.count)}</h2>
      {people.length === 0 ? <p class="muted">{a.nobodyIn}</p> : null}
      <Form action={action} token={token}>
        <ul class="list">
          {people.map((person) => (
            <PersonRow person={person}>
              <button class="btn bare" type="submit" name="out" value={person.id}>
                <Icon name="x" />
                {a.out}
                <span class="vh"> {person.name}</span>
              </button>
            </PersonRow>
          ))}
        </ul>
      </Form>
      <AddForm {...{ t, token, action, known, found }} />
      {often.length === 0 ? null : (
        <Form action={action} token={token} class="row">
          <input type="hidden" name="do" value="put" />
          <span class="small muted">{a.often}</span>
          <Put people={often} />
        </Form>
      )}
    </section>
  );
}

type AddProps = Pick<Props, "t" | "token" | "known" | "found"> & { action: string };

function AddForm({ t, token, action, known, found }: AddProps) {
  const a = t.audiences;
  const none = found !== undefined && found.people.length === 0;
  const words = isolate(found?.words ?? "");
  return (
    <>
      <Form action={action} token={token} class="field">
        <label for="add">{a.add}</label>
        <div class="join">
          <input
            id="add"
            name="add"
            value={found?.words ?? ""}
            list="known"
            autocomplete="off"
            placeholder={a.addHint}
            dir="auto"
            aria-describedby={none ? "add-e" : undefined}
            aria-invalid={none ? "true" : undefined}
          />
          <button class="btn" type="submit" name="do" value="add">
            <Icon name="plus" />
            {a.addGo}
          </button>
        </div>
        {none ? (
          <p class="why" id="add-e" role="alert">
            <span>
              <Isolated words={t.choice.nobody(words)} /> <a href="/connect#theirs">{t.choice.connect}</a>
            </span>
          </p>
        ) : null}
        <datalist id="known">
          {known.map(({ name }) => (
            <option value={name} />
          ))}
        </datalist>
      </Form>
      {found === undefined || found.people.length === 0 ? null : (
        <Form action={action} token={token} class="stack tight">
          <input type="hidden" name="do" value="put" />
          <p class="hint">
            <Isolated words={a.which(words)} />
          </p>
          <ul class="list">
            {found.people.map((person) => (
              <PersonRow person={person}>
                <button class="btn" type="submit" name="person" value={person.id}>
                  <Icon name="plus" />
                  {a.addGo}
                  <span class="vh"> {person.name}</span>
                </button>
              </PersonRow>
            ))}
          </ul>
        </Form>
      )}
    </>
  );
}

function Put({ people }: { people: readonly PersonView[] }) {
  return (
    <>
      {people.map((person) => (
        <button class="btn" type="submit" name="person" value={person.id}>
          <Icon name="plus" />
          <bdi>{person.name}</bdi>
        </button>
      ))}
    </>
  );
}
