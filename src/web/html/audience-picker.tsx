import { isOpen, type Reach } from "../../social/posts/reach.ts";
import type { Messages } from "../messages/en.ts";
import { type Around, ChoiceFields, type ChoiceSought, namesAround } from "./choice-fields.tsx";
import { buttonWords, choiceWords, leftOutWords, saidOf } from "./choice-words.ts";
import { Face } from "./face.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { reachIcon } from "./reach.tsx";

/** By name; the others are counted. */
const NAMED = 6;
const MEDIA = "/media/person";

const wide: readonly Reach[] = ["everyone", "unlisted", "chosen", "me"];

/** Before the names of a choice that is about the owner's profile. */
export const PROFILE = "seen-";

/** Ids of everybody a choice means; of those whose answers go to their own followers where they are, some by name. */
export type Going = {
  going: readonly string[];
  elsewhere: { names: readonly string[]; more: number };
};

export const nobodyYet: Going = { going: [], elsewhere: { names: [], more: 0 } };

/** As it stands in a form. */
export type Picked = ChoiceSought & Going & { wrong: string | null; open: boolean };

type Props = {
  t: Messages;
  picked: Picked;
  around: Around;
  /** Before each of its names in the form. */
  prefix?: string;
  /** Whether it may be kept for the next ones. */
  keep?: boolean;
  legend?: string;
};

/** Who sees something, as a sentence that opens into a choice: the same wherever something is chosen for somebody. */
export function AudiencePicker({ t, picked, around, prefix = "", keep = false, legend }: Props) {
  const { choice, going, open } = picked;
  const c = t.compose;
  const nameOf = namesAround(t, around);
  const words = choiceWords(t, choice, nameOf, going.length);
  const narrow = !isOpen(choice.reach) && choice.reach !== "me";
  const who = legend ?? c.who;
  const answers = narrow && prefix !== PROFILE ? elsewhereWords(t, picked.elsewhere) : null;
  return (
    <details
      class={isOpen(choice.reach) ? "who all" : "who"}
      open={open}
      data-who={prefix}
      data-button={buttonWords(t, choice.reach, going.length)}
      data-said={saidOf(choice, going.length)}
    >
      <summary>
        <Icon name={reachIcon[choice.reach]} />
        <span>
          {who}
          <b>
            <Isolated words={words} />
          </b>
          {narrow ? <Names {...{ t, going, around }} /> : null}
          {answers === null ? null : (
            <span class="small shut">
              {" "}
              <Isolated words={answers} />
            </span>
          )}
        </span>
        <u>{c.change}</u>
      </summary>
      <div class="panel">
        <Wide {...{ t, prefix, legend: who }} chosen={choice.reach} />
        <ChoiceFields {...{ t, picked, around, prefix }} />
        <div class="result" aria-live="polite">
          {narrow ? <Faces going={going} around={around} /> : null}
          <div>
            <b>
              <Isolated words={words} />
            </b>
            {narrow && going.length > 0 ? (
              <>
                <br />
                <Names {...{ t, going, around }} />
              </>
            ) : null}
            {answers === null ? null : (
              <p class="small">
                <Isolated words={answers} />
              </p>
            )}
            {isOpen(choice.reach) && choice.without.length > 0 ? (
              <p class="why">
                <Isolated words={t.choice.openToAll(leftOutWords(t, choice, nameOf))} />
              </p>
            ) : null}
          </div>
        </div>
        <div class="row">
          <button class="btn" type="submit" name="do" value={`${prefix}count`} formnovalidate>
            <Icon name="again" />
            {c.workOut}
          </button>
          {keep ? (
            <label class="row push">
              <input type="checkbox" name={`${prefix}keep`} value="yes" />
              <span class="small">{t.choice.keep}</span>
            </label>
          ) : null}
          {around.audiences.length === 0 ? <a href="/people/audiences">{t.choice.make}</a> : null}
        </div>
      </div>
    </details>
  );
}

type WideProps = { t: Messages; prefix: string; chosen: Reach; legend: string };

function Wide({ t, prefix, chosen, legend }: WideProps) {
  const c = t.compose;
  const at: Reach = chosen === "subscribers" ? "chosen" : chosen;
  const offered = prefix === PROFILE ? wide.filter((reach) => reach !== "unlisted") : wide;
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="pick">
        {offered.map((reach) => (
          <label>
            <input type="radio" name={`${prefix}reach`} value={reach} checked={reach === at} />
            <Icon name={reachIcon[reach]} />
            <span>
              {c.reach[reach]}
              <span class="vh">. {c.reachHint[reach]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type GoingProps = { going: readonly string[]; around: Around };

function named({ going, around }: GoingProps) {
  const ids = new Set(going);
  return around.people.filter(({ id }) => ids.has(id)).slice(0, NAMED);
}

function Faces(props: GoingProps) {
  return (
    <span class="faces" aria-hidden="true">
      {named(props).map((person) => (
        <Face person={person} size="s" media={MEDIA} />
      ))}
    </span>
  );
}

/** That some answer where answers go to their own followers, while it is for fewer than everyone; null: nobody does. */
function elsewhereWords(t: Messages, { names, more }: Going["elsewhere"]): string | null {
  const [only = ""] = names;
  if (names.length === 0) return null;
  if (names.length + more === 1) return t.choice.elsewhere(isolate(only));
  const all = names.map(isolate);
  return t.choice.elsewhereAll(
    new Intl.ListFormat(t.locale).format(more > 0 ? [...all, t.choice.others(more)] : all),
  );
}

/** Some of those it would go to, by name, so that a slip of the finger is seen before it is posted. */
function Names({ t, going, around }: GoingProps & { t: Messages }) {
  const names = named({ going, around }).map(({ name }) => isolate(name));
  const rest = going.length - names.length;
  if (names.length === 0) return null;
  const words = new Intl.ListFormat(t.locale).format(rest > 0 ? [...names, t.post.andMore(rest)] : names);
  return (
    <span class="small">
      {" "}
      <Isolated words={words} />
    </span>
  );
}
