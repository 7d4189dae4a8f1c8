import type { PersonView } from "../../social/people/view.ts";
import { isOpen, type Reach } from "../../social/posts/reach.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { reachIcon } from "./reach.tsx";

/** By name; the others are counted. */
const NAMED = 6;

const reaches: readonly Reach[] = ["everyone", "unlisted", "subscribers", "chosen", "me"];

type Props = {
  t: Messages;
  /** As it stands in the form. */
  picked: { reach: Reach; to: string[]; going: string[] | null; wrong: string | null };
  people: PersonView[];
  count: number;
  subscribers: number;
};

/** Who sees it, as a sentence that opens into a choice. */
export function AudiencePicker({ t, picked, people, count, subscribers }: Props) {
  const c = t.compose;
  return (
    <details
      class={isOpen(picked.reach) ? "who all" : "who"}
      open={picked.wrong !== null || picked.reach === "chosen"}
    >
      <summary>
        <Icon name={reachIcon[picked.reach]} />
        <span>
          {c.who}
          <b>{resultWords(t, picked.reach, count)}</b>
          {isOpen(picked.reach) ? null : <Names t={t} going={picked.going} people={people} />}
        </span>
        <u>{c.change}</u>
      </summary>
      <div class="panel">
        <fieldset>
          <legend>{c.who}</legend>
          <div class="pick">
            {reaches.map((reach) => (
              <label>
                <input
                  type="radio"
                  name="reach"
                  value={reach}
                  checked={reach === picked.reach}
                  data-words={buttonWords(t, reach, reach === "subscribers" ? subscribers : 0)}
                />
                <Icon name={reachIcon[reach]} />
                <span>
                  {c.reach[reach]}
                  <span class="vh">. {c.reachHint[reach]}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend>{c.people}</legend>
          {people.length === 0 ? <p class="small muted">{c.noPeople}</p> : null}
          <div class="pick">
            {people.map((person) => (
              <label>
                <input type="checkbox" name="to" value={person.id} checked={picked.to.includes(person.id)} />
                <bdi>{person.name}</bdi>
              </label>
            ))}
          </div>
        </fieldset>
        <button class="btn" type="submit" name="do" value="count">
          <Icon name="again" />
          {c.workOut}
        </button>
      </div>
    </details>
  );
}

/** Some of those it would go to, by name, so that a slip of the finger is seen before it is posted. */
function Names({ t, going, people }: { t: Messages; going: string[] | null; people: PersonView[] }) {
  if (going === null || going.length === 0) return null;
  const named = people.filter(({ id }) => going.includes(id)).slice(0, NAMED);
  const rest = going.length - named.length;
  const names = named.map(({ name }) => isolate(name));
  const words = new Intl.ListFormat(t.locale).format(rest > 0 ? [...names, t.post.andMore(rest)] : names);
  return (
    <span class="small">
      {" "}
      <Isolated words={words} />
    </span>
  );
}

function resultWords(t: Messages, reach: Reach, count: number): string {
  const words = t.compose.result[reach];
  return typeof words === "string" ? words : words(count);
}

/** What the button will do; of the chosen, 0: nobody is ticked yet. */
export function buttonWords(t: Messages, reach: Reach, count: number): string {
  const words = t.compose.button[reach];
  return typeof words === "string" ? words : words(count);
}
