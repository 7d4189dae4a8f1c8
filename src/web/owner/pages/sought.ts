import { audiences } from "../../../social/audiences/list.ts";
import { searchPeople } from "../../../social/people/search.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { type ChoiceSought, nothingSought, type Sought } from "../../html/choice-fields.tsx";
import type { OwnerActing } from "../../ports.ts";
import type { Fields } from "../fields.ts";

const MOST_FOUND = 12;
const LONGEST = 200;

type Read = Pick<OwnerActing, "read">;

/** People known here who may be meant by a name or an address; one whose name is exactly that is meant alone. */
export async function peopleSought({ read }: Read, typed: string): Promise<PersonView[]> {
  const words = typed.trim().replace(/^@/, "").slice(0, LONGEST);
  const found = (await searchPeople(read, words, MOST_FOUND)).filter(
    (person) => !person.isOwner && !person.blocked,
  );
  const folded = words.toLowerCase();
  const exact = found.filter(({ name, address }) =>
    [name, address].some((one) => one.toLowerCase() === folded),
  );
  return exact.length === 1 ? exact : found;
}

/** The name typed beside a choice, made part of it: whoever is meant alone is ticked. True: something was typed. */
export async function withSought(
  acting: Read,
  fields: Fields,
  before: ChoiceSought,
  prefix = "",
): Promise<{ picked: ChoiceSought; sought: boolean }> {
  const add = fields.text(`${prefix}add`).trim().slice(0, LONGEST);
  const no = fields.text(`${prefix}no`).trim().slice(0, LONGEST);
  const adding = await oneSought(acting, add);
  const leaving = await oneSought(acting, no);
  const { choice } = before;
  const picked = {
    choice: {
      ...choice,
      people: [...choice.people, ...adding.people],
      audiences: [...choice.audiences, ...adding.audiences],
      without: [...choice.without, ...leaving.people, ...leaving.audiences],
    },
    add: adding.sought,
    no: leaving.sought,
  };
  return { picked, sought: add !== "" || no !== "" };
}

type One = { people: string[]; audiences: string[]; sought: Sought };

async function oneSought(acting: Read, words: string): Promise<One> {
  const nobody = { people: [], audiences: [] };
  if (words === "") return { ...nobody, sought: nothingSought };
  const folded = words.toLowerCase();
  const made = (await audiences(acting.read)).find(({ name }) => name.toLowerCase() === folded);
  if (made !== undefined) return { ...nobody, audiences: [made.id], sought: { ...nothingSought, words } };
  const found = await peopleSought(acting, words);
  const [only] = found;
  if (found.length === 1 && only !== undefined) {
    return { ...nobody, people: [only.id], sought: { ...nothingSought, words } };
  }
  return { ...nobody, sought: { words, several: found, none: found.length === 0 } };
}
