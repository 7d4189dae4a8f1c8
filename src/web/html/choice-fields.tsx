import type { AudienceView } from "../../social/audiences/audience.ts";
import { type Choice, FRIENDS, SUBSCRIBERS } from "../../social/audiences/choice.ts";
import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { builtIn, type NameOf } from "./choice-words.ts";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";

/** Boxes for audiences; the others are found by their name. */
const MOST_AUDIENCES = 20;
/** People offered without being asked for. */
const FEW = 8;

/** Whom the owner may choose from. `people`: those known, whoever is chosen already among them. */
export type Around = {
  audiences: readonly AudienceView[];
  people: readonly PersonView[];
  friends: number;
  subscribers: number;
};

/** What was typed to find somebody: "" nothing. `several`: whom it may mean; none: nobody, or one, who is chosen now. */
export type Sought = { words: string; several: readonly PersonView[]; none: boolean };

export const nothingSought: Sought = { words: "", several: [], none: false };

export type ChoiceSought = { choice: Choice; add: Sought; no: Sought };

/** What ids of a choice are called here. */
export function namesAround(t: Messages, around: Around): NameOf {
  const audiences = new Map(around.audiences.map(({ id, name, count }) => [id, { name, count }]));
  const people = new Map(around.people.map(({ id, name }) => [id, { name }]));
  return (id) => builtIn(t, id, around) ?? audiences.get(id) ?? people.get(id);
}

type Props = {
  t: Messages;
  picked: ChoiceSought;
  around: Around;
  prefix?: string;
  legend?: string;
  /** Where the names to choose from stand on the page already. */
  known?: string | undefined;
};

/** The people and audiences a choice is for, and those it is kept from. `prefix`: of the names in the form. */
export function ChoiceFields({ t, picked, around, prefix = "", known, legend = t.choice.audiences }: Props) {
  const { choice, add, no } = picked;
  const c = t.choice;
  const ticked = new Set([
    ...choice.people,
    ...choice.audiences,
    ...(choice.reach === "subscribers" ? [SUBSCRIBERS] : []),
  ]);
  const left = new Set(choice.without);
  const hidden = around.audiences.length - MOST_AUDIENCES;
  const list = known ?? `${prefix}known`;
  return (
    <>
      <fieldset>
        <legend>{legend}</legend>
        <div class="pick">
          <Audiences {...{ t, around, ticked }} name={`${prefix}in`} />
          {around.friends === 0 && !ticked.has(FRIENDS) ? null : (
            <Box name={`${prefix}in`} id={FRIENDS} ticked={ticked} label={c.friends} count={around.friends} />
          )}
          <Box
            name={`${prefix}in`}
            id={SUBSCRIBERS}
            ticked={ticked}
            label={c.subscribers}
            count={around.subscribers}
          />
          <People name={`${prefix}to`} people={offered(around, ticked, left)} ticked={ticked} />
        </div>
        {hidden > 0 ? <p class="hint">{c.more(hidden)}</p> : null}
        <Seek {...{ t, prefix, list }} sought={add} boxes={`${prefix}to`} at="add" />
      </fieldset>
      <fieldset>
        <legend>{c.out}</legend>
        <div class="pick out">
          <People
            name={`${prefix}out`}
            people={around.people.filter(({ id }) => left.has(id))}
            ticked={left}
          />
          <Audiences {...{ t, around }} ticked={left} name={`${prefix}out`} />
          {[FRIENDS, SUBSCRIBERS]
            .filter((id) => left.has(id))
            .map((id) => (
              <Box name={`${prefix}out`} id={id} ticked={left} label={builtIn(t, id)?.name ?? id} />
            ))}
        </div>
        <Seek {...{ t, prefix, list }} sought={no} boxes={`${prefix}out`} at="no" />
        <p class="hint">{c.outHint}</p>
      </fieldset>
      {known === undefined ? <Known id={list} around={around} /> : null}
    </>
  );
}

function Known({ id, around }: { id: string; around: Around }) {
  return (
    <datalist id={id}>
      {[...around.audiences, ...around.people].map(({ name }) => (
        <option value={name} />
      ))}
    </datalist>
  );
}

/** Those ticked, and the first few of the others. */
function offered({ people }: Around, ticked: ReadonlySet<string>, left: ReadonlySet<string>): PersonView[] {
  const others = people.filter(({ id }) => !ticked.has(id) && !left.has(id));
  return [...people.filter(({ id }) => ticked.has(id)), ...others.slice(0, FEW)];
}

type AudiencesProps = { t: Messages; around: Around; ticked: ReadonlySet<string>; name: string };

function Audiences({ around, ticked, name }: AudiencesProps) {
  const shown = around.audiences.filter(({ id }, at) => at < MOST_AUDIENCES || ticked.has(id));
  return (
    <>
      {shown.map((one) => (
        <Box name={name} id={one.id} ticked={ticked} label={one.name} count={one.count} />
      ))}
    </>
  );
}

type PeopleProps = { name: string; people: readonly PersonView[]; ticked: ReadonlySet<string> };

function People({ name, people, ticked }: PeopleProps) {
  return (
    <>
      {people.map((one) => (
        <Box name={name} id={one.id} ticked={ticked} label={one.name} />
      ))}
    </>
  );
}

type BoxProps = { name: string; id: string; ticked: ReadonlySet<string>; label: string; count?: number };

function Box({ name, id, ticked, label, count }: BoxProps) {
  return (
    <label>
      <input type="checkbox" name={name} value={id} checked={ticked.has(id)} />
      <bdi>{label}</bdi>
      {count === undefined ? null : <span class="muted">{count}</span>}
    </label>
  );
}

type SeekProps = {
  t: Messages;
  prefix: string;
  list: string;
  sought: Sought;
  /** The name that boxes for those found have. */
  boxes: string;
  at: "add" | "no";
};

/** Finding somebody by name: one is ticked, several are shown to choose from, and nobody is said. */
function Seek({ t, prefix, list, sought, boxes, at }: SeekProps) {
  const c = t.choice;
  const name = `${prefix}${at}`;
  const label = at === "add" ? c.add : c.no;
  const words = isolate(sought.words);
  return (
    <>
      <div class="join pick">
        <input
          type="text"
          name={name}
          value={sought.none ? sought.words : ""}
          aria-label={label}
          placeholder={c.name}
          list={list}
          autocomplete="off"
          dir="auto"
          aria-describedby={sought.none ? `${name}-e` : undefined}
        />
        <button class="btn" type="submit" name="do" value={name} formnovalidate>
          <Icon name={at === "add" ? "plus" : "x"} />
          {at === "add" ? c.addGo : c.noGo}
        </button>
      </div>
      {sought.none ? (
        <p class="why" id={`${name}-e`}>
          <Isolated words={c.nobody(words)} /> <a href="/connect#theirs">{c.connect}</a>
        </p>
      ) : null}
      {sought.several.length === 0 ? null : (
        <>
          <p class="hint">
            <Isolated words={c.which(words)} />
          </p>
          <div class={at === "add" ? "pick" : "pick out"}>
            {sought.several.map((one) => (
              <label>
                <input type="checkbox" name={boxes} value={one.id} />
                <span>
                  <bdi>{one.name}</bdi> <span class="small muted">@{one.handle}</span>
                </span>
              </label>
            ))}
          </div>
        </>
      )}
    </>
  );
}
