import { NodeError } from "../../lib/errors.ts";
import type { AudienceView } from "../../social/audiences/audience.ts";
import {
  type Choice,
  FRIENDS,
  forEveryone,
  forNobodyElse,
  SUBSCRIBERS,
} from "../../social/audiences/choice.ts";
import type { PersonView } from "../../social/people/view.ts";
import { isOpen } from "../../social/posts/reach.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import type { SymbolName } from "./symbols.ts";

/** What can be picked from. */
export type Picks = { audiences: AudienceView[]; people: PersonView[] };

const WIDTHS = ["everyone", "subscribers", "friends", "some", "me"] as const;
type Width = (typeof WIDTHS)[number];

const icons: Record<Width, SymbolName> = {
  everyone: "globe",
  subscribers: "r-subs",
  friends: "r-friends",
  some: "r-some",
  me: "r-me",
};

type Props = { t: Messages; prefix: string; choice: Choice; picks: Picks };

/** Who sees something: how far it goes, and who gets it besides. Works without script. */
export function ChoiceField({ t, prefix, choice, picks }: Props) {
  const width = widthOf(choice);
  const { audiences, people } = picks;
  const beside = choice.audiences.filter((id) => id !== FRIENDS);
  // What cannot be ticked here stays as it is.
  const kept = {
    audience: beside.filter((id) => !audiences.some((one) => one.id === id)),
    person: choice.people.filter((id) => !people.some((one) => one.id === id)),
    without: choice.without,
  };
  return (
    <fieldset>
      <legend>{t.who.legend}</legend>
      <div class="pick">
        {WIDTHS.map((one) => (
          <label>
            <input type="radio" name={`${prefix}width`} value={one} checked={one === width} required />
            <Icon name={icons[one]} />
            {t.who[one]}
          </label>
        ))}
      </div>
      <Ticks
        legend={t.who.audiences}
        name={`${prefix}audience`}
        ticked={beside}
        choices={audiences.map(({ id, name }) => ({ id, name }))}
      />
      <Ticks
        legend={t.who.people}
        name={`${prefix}person`}
        ticked={choice.people}
        choices={people.map(({ id, name }) => ({ id, name }))}
      />
      {Object.entries(kept).map(([name, ids]) =>
        ids.map((id) => <input type="hidden" name={prefix + name} value={id} />),
      )}
    </fieldset>
  );
}

type TicksProps = {
  legend: string;
  name: string;
  ticked: readonly string[];
  choices: { id: string; name: string }[];
};

function Ticks({ legend, name, ticked, choices }: TicksProps) {
  if (choices.length === 0) return null;
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="pick">
        {choices.map((one) => (
          <label>
            <input type="checkbox" name={name} value={one.id} checked={ticked.includes(one.id)} />
            <bdi>{one.name}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function widthOf({ reach, audiences }: Choice): Width {
  if (isOpen(reach)) return "everyone";
  if (reach === "subscribers" || reach === "me") return reach;
  return audiences.includes(FRIENDS) ? "friends" : "some";
}

/** What the form above sent. Throws "reach-not-allowed". */
export function readChoiceField(
  fields: { text(name: string): string; all(name: string): string[] },
  prefix: string,
): Choice {
  const width = WIDTHS.find((one) => one === fields.text(`${prefix}width`));
  const ids = (name: string) => [...new Set(fields.all(prefix + name))].filter(isId);
  const [people, audiences, without] = [ids("person"), ids("audience"), ids("without")];
  switch (width) {
    case undefined:
      throw new NodeError("reach-not-allowed", "no choice in the form");
    case "everyone":
      return forEveryone;
    case "me":
      return forNobodyElse;
    case "subscribers":
      return { reach: "subscribers", people, audiences, without };
    case "friends":
      return { reach: "chosen", people, audiences: [FRIENDS, ...audiences], without };
    case "some":
      return { reach: "chosen", people, audiences, without };
  }
}

function isId(text: string): boolean {
  return text === FRIENDS || text === SUBSCRIBERS || /^[0-9a-f]{32}$/.test(text);
}

/** By name; the others are counted. */
const NAMED = 3;

/** A choice as a few words. */
export function ChoiceWords({ t, choice, picks }: Omit<Props, "prefix">) {
  const width = widthOf(choice);
  if (width === "everyone" || width === "me") return <>{t.who[width]}</>;
  const audience = (id: string) => picks.audiences.find((one) => one.id === id)?.name;
  const person = (id: string) => picks.people.find((one) => one.id === id)?.name;
  const beside = choice.audiences.filter((id) => id !== FRIENDS);
  const names = [...beside.map((id) => builtIn(t, id) ?? audience(id)), ...choice.people.map(person)];
  const known = names.filter((name) => name !== undefined).map(isolate);
  const first = width === "some" ? [] : [t.who[width]];
  const said = [...first, ...known].slice(0, NAMED);
  const rest = first.length + names.length - said.length;
  const words = [new Intl.ListFormat(t.locale, { type: "unit" }).format(said)];
  if (rest > 0) words.push(t.who.besides(rest));
  if (choice.without.length > 0) words.push(t.who.without(choice.without.length));
  return <Isolated words={words.filter((one) => one !== "").join(", ")} />;
}

function builtIn(t: Messages, id: string): string | undefined {
  return id === SUBSCRIBERS ? t.who.subscribers : undefined;
}
