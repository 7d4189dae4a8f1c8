import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { Introductions, PersonFriend } from "./person-friend.tsx";

type Props = { t: Messages; token: string; person: PersonView };
type WholeProps = Props & { introduced: { byId: string; name: string; words: string }[] };

/** How the owner and a person stand to each other, in words, with what can be changed beside each line. */
export function Standing({ t, token, person, introduced }: WholeProps) {
  const p = t.person;
  return (
    <section class="card stack" data-region="standing" data-when="people">
      <h2>
        <Isolated words={p.standing(isolate(person.name))} />
      </h2>
      {person.gone || person.blocked ? null : (
        <>
          <Introductions t={t} by={introduced} />
          <PersonFriend t={t} token={token} person={person} />
          <hr />
        </>
      )}
      <Form action={`/people/${person.id}`} token={token} class="stack">
        {person.gone ? (
          <p class="muted">{p.gone}</p>
        ) : person.blocked ? (
          <div class="row ends">
            <span>{p.blocked}</span>
            <Do value="unblock" words={p.unblock} />
          </div>
        ) : (
          <>
            <Outgoing t={t} person={person} />
            <Incoming t={t} person={person} />
            <div class="row end">
              <button class="btn bare" type="submit" name="do" value="block">
                <Icon name="stop" />
                {p.block}
              </button>
            </div>
          </>
        )}
      </Form>
      {person.subscribed === "no" && !person.gone && !person.blocked ? (
        <p class="small muted">{p.does}</p>
      ) : null}
    </section>
  );
}

function Do({ value, words, main = false }: { value: string; words: string; main?: boolean }) {
  return (
    <button class={main ? "btn main-do" : "btn"} type="submit" name="do" value={value}>
      {words}
    </button>
  );
}

function Outgoing({ t, person }: Omit<Props, "token">) {
  const p = t.person;
  switch (person.subscribed) {
    case "accepted":
      return (
        <div class="row ends">
          <span>
            <Icon name="check" /> {p.subscribed}
          </span>
          <Do value="unsubscribe" words={p.unsubscribe} />
        </div>
      );
    case "asked":
      return (
        <div class="row ends">
          <span class="grow">
            <Icon name="clock" /> {p.asked}
          </span>
          <Do value="unsubscribe" words={p.withdraw} />
        </div>
      );
    case "declined":
      return (
        <div class="row ends">
          <span>{p.declined}</span>
          <Do value="subscribe" words={p.subscribe} />
        </div>
      );
    case "no":
      return (
        <div class="row ends">
          <span>{p.none}</span>
          <Do value="subscribe" words={p.subscribe} main />
        </div>
      );
  }
}

function Incoming({ t, person }: Omit<Props, "token">) {
  const p = t.person;
  if (person.subscriber === "asked") {
    return (
      <div class="row ends">
        <span>{p.wants}</span>
        <span class="row">
          <Do value="accept" words={t.people.allow} />
          <Do value="decline" words={t.people.decline} />
        </span>
      </div>
    );
  }
  if (person.subscriber !== "accepted") return <p class="muted">{p.notSubscriber}</p>;
  return (
    <div class="row ends">
      <span>
        <Icon name="check" /> {p.subscriber}
      </span>
      <Do value="remove" words={p.removeSubscriber} />
    </div>
  );
}
