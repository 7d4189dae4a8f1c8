import { LONGEST_WORDS, roles } from "../../social/friends/friendship.ts";
import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { Field, Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { day } from "./time.tsx";

type Props = { t: Messages; token: string; person: PersonView };

/** Friendship between the owner and a person, and what can be done about it. It is no subscription, either way. */
export function PersonFriend({ t, token, person }: Props) {
  switch (person.friend?.state) {
    case "friends":
      return <Friends {...{ t, token, person }} />;
    case "asked":
      return <Asked {...{ t, token, person }} />;
    case "offered":
      return <Offered {...{ t, token, person }} />;
    case undefined:
      return person.friendly ? <Ask {...{ t, token, person }} /> : <Confirm {...{ t, token, person }} />;
  }
}

/** Who introduced the two, in their words. */
export function Introductions({
  t,
  by,
}: {
  t: Messages;
  by: { byId: string; name: string; words: string }[];
}) {
  if (by.length === 0) return null;
  return (
    <ul class="list">
      {by.map(({ byId, name, words }) => (
        <li>
          <p class="small">
            <a href={`/people/${byId}`}>
              <Isolated words={t.friends.introducedBy(isolate(name))} />
            </a>
          </p>
          {words === "" ? null : (
            <p class="hello" dir="auto">
              {words}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Friends({ t, token, person }: Props) {
  const f = t.friends;
  const { at = 0, confirmed = false, role = "friend" } = person.friend ?? {};
  const when = day(t, at);
  return (
    <div class="stack">
      <Form action={`/people/${person.id}`} token={token} class="row ends">
        <div>
          <Icon name="r-friends" /> <b>{f.friends}</b>
          <p class="small muted">{confirmed ? f.sinceConfirmed(when) : f.since(when)}</p>
        </div>
        <button class="btn" type="submit" name="do" value="friend-end">
          {f.end}
        </button>
      </Form>
      <Form action={`/people/${person.id}`} token={token} class="stack tight">
        <Field id="role" label={f.role(person.name)} hint={`${f.roleMeans[role]} ${f.roleHint}`}>
          {(describedBy) => (
            <div class="join">
              <select id="role" name="role" aria-describedby={describedBy}>
                {roles.map((one) => (
                  <option value={one} selected={one === role}>
                    {f.roles[one]}
                  </option>
                ))}
              </select>
              <button class="btn" type="submit" name="do" value="friend-role">
                {f.roleGo}
              </button>
            </div>
          )}
        </Field>
      </Form>
      {confirmed ? null : (
        <div class="row end">
          <a class="btn bare" href={`/people/${person.id}/introduce`}>
            <Icon name="people" />
            <span>
              <Isolated words={f.introduce(isolate(person.name))} />
            </span>
          </a>
        </div>
      )}
    </div>
  );
}

function Asked({ t, token, person }: Props) {
  const f = t.friends;
  return (
    <Form action={`/people/${person.id}`} token={token} class="stack tight">
      <div class="row ends">
        <span class="grow">
          <Icon name="clock" /> <b>{f.asked}</b>
        </span>
        <button class="btn" type="submit" name="do" value="friend-withdraw">
          {f.withdraw}
        </button>
      </div>
      <p class="small muted">{f.askedSince(day(t, person.friend?.at ?? 0))}</p>
      <Said words={person.friend?.words ?? ""} />
    </Form>
  );
}

function Offered({ t, token, person }: Props) {
  const f = t.friends;
  return (
    <Form action={`/people/${person.id}`} token={token} class="stack tight">
      <p>
        <Icon name="r-friends" /> <b>{f.wants}</b>
      </p>
      <Said words={person.friend?.words ?? ""} />
      <div class="row">
        <button class="btn main-do" type="submit" name="do" value="friend-accept">
          {f.accept}
        </button>
        <button class="btn" type="submit" name="do" value="friend-decline">
          {f.decline}
        </button>
      </div>
      <p class="small muted">{f.declineHint}</p>
    </Form>
  );
}

function Ask({ t, token, person }: Props) {
  const f = t.friends;
  return (
    <details class="fold">
      <summary>{f.ask}</summary>
      <Form action={`/people/${person.id}`} token={token} class="stack">
        <p class="small muted">
          <Isolated words={f.askHint(isolate(person.name))} />
        </p>
        <Field id="words" label={f.words} hint={f.wordsHint}>
          {(describedBy) => (
            <textarea
              id="words"
              name="words"
              rows={3}
              maxlength={LONGEST_WORDS}
              dir="auto"
              aria-describedby={describedBy}
            />
          )}
        </Field>
        <div class="row end">
          <button class="btn main-do" type="submit" name="do" value="friend-ask">
            <Icon name="send" />
            {f.askGo}
          </button>
        </div>
      </Form>
    </details>
  );
}

/** With whoever cannot be asked it is a subscription both ways that the owner calls a friendship. */
function Confirm({ t, token, person }: Props) {
  const f = t.friends;
  const both = person.subscribed === "accepted" && person.subscriber === "accepted";
  const hint = both ? f.confirmHint : f.notYet;
  return (
    <Form action={`/people/${person.id}`} token={token} class="stack tight">
      <div class="row ends">
        <span>{f.none}</span>
        {both ? (
          <button class="btn" type="submit" name="do" value="friend-confirm">
            {f.confirm}
          </button>
        ) : null}
      </div>
      <p class="small muted">
        <Isolated words={hint(isolate(person.name))} />
      </p>
    </Form>
  );
}

function Said({ words }: { words: string }) {
  if (words === "") return null;
  return (
    <p class="hello" dir="auto">
      {words}
    </p>
  );
}
