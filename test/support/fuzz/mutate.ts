import fc from "fast-check";

/** One change to an activity. `at` counts through the places that the activity has by then. */
export type Mutation =
  | { do: "drop" | "double" | "elsewhere"; at: number }
  | { do: "put" | "twice"; at: number; piece: unknown }
  | { do: "wrap"; at: number; how: number }
  | { do: "swap"; inside: boolean; from: number; to: number }
  | { do: "exchange"; at: number; to: number }
  | { do: "alias"; at: number; means: string };

type Node = Record<string, unknown>;
type Place = { holder: Node; key: string; path: string[] };

const at = fc.nat(199);
/** Without inReplyTo, the one thing that is followed, so that what is asked for can be told by its name. */
const meanings = ["actor", "object", "attributedTo", "summary", "to", "tag", "target", "@id", "@type"];

/** How many of the names, from the first, are people and posts that are known. */
export const KNOWN_NAMES = 6;

/** `names`: actors, posts and origins of everybody involved. */
export function mutations(names: readonly string[]): fc.Arbitrary<Mutation[]> {
  const any = fc.nat(names.length - 1);
  const to = fc.oneof(fc.nat(KNOWN_NAMES - 1), any);
  const places = names.flatMap((name, at) => (isPlace(name) ? [at] : []));
  const place = fc.oneof(fc.constantFrom(...places), any);
  // All of it, or only what the activity is about: then somebody speaks of another as of themselves.
  const inside = fc.boolean();
  const swap = fc.record({ do: fc.constant("swap" as const), inside, from: place, to: place });
  // Who speaks for whom is where harm is most likely.
  const exchange = fc.record({ do: fc.constant("exchange" as const), at, to });
  const one = fc.oneof<fc.Arbitrary<Mutation>[]>(
    exchange,
    exchange,
    exchange,
    fc.record({ do: fc.constantFrom("drop" as const, "double" as const, "elsewhere" as const), at }),
    fc.record({ do: fc.constantFrom("put" as const, "twice" as const), at, piece: pieces(names) }),
    fc.record({ do: fc.constant("wrap" as const), at, how: fc.nat(wrappings.length - 1) }),
    swap,
    fc.record({ do: fc.constant("alias" as const), at, means: fc.constantFrom(...meanings) }),
  );
  // Mostly one: what is much changed is dropped at the door.
  return fc.oneof(
    { arbitrary: fc.array(one, { minLength: 1, maxLength: 1 }), weight: 4 },
    { arbitrary: fc.array(one, { minLength: 2, maxLength: 2 }), weight: 2 },
    { arbitrary: fc.array(one, { minLength: 3, maxLength: 6 }), weight: 1 },
  );
}

const isPlace = (name: string) => name === URL.parse(name)?.origin;

function pieces(names: readonly string[]): fc.Arbitrary<unknown> {
  const scalar = fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1e308,
    "",
    " ",
    [],
    {},
    "http://[",
    "mailto:somebody@example.com",
    "javascript:alert(1)",
    "9999-99-99T99:99:99Z",
    "-000001-01-01T00:00:00Z",
    "\u202edrow",
    "\u0000",
    "\ud800",
    "__proto__",
    "@graph",
    "as:Public",
    "Public",
  );
  return fc.oneof(
    scalar,
    fc.constantFrom(...names),
    fc.constantFrom(...names).map((href) => ({ type: "Link", href })),
    fc.constantFrom(...names).map((name) => ({ "@id": name })),
    fc.subarray([...names], { minLength: 2, maxLength: 3 }),
    fc.constantFrom("Note", "Person", "Follow", "Create", "Tombstone", "Collection", ["Note", "Person"]),
    fc.constant({ "@value": "x", "@language": "zz-" }),
    fc.constantFrom(50, 2_000, 70_000).map((length) => "wide ".repeat(length / 5)),
    fc
      .constantFrom(20, 1_000, 3_000)
      .map((length) => Array.from({ length }, (_, n) => `http://n${n}.example/`)),
    fc.string({ unit: "grapheme-ascii", maxLength: 40 }),
    fc.jsonValue({ maxDepth: 2 }),
  );
}

const wrappings: readonly ((value: unknown) => unknown)[] = [
  (value) => [value],
  (value) => [[value, value]],
  (value) => ({ "@value": value }),
  (value) => ({ "@list": [value] }),
  (value) => ({ "@set": value }),
  (value) => ({ "@graph": [value] }),
  (value) => ({ id: value }),
  (value) => ({ type: "Create", object: value }),
  (value) => ({ type: "Collection", items: [value] }),
  (value) => ({ en: value, "": value }),
  (value) => JSON.stringify(value),
  (value) => (Array.isArray(value) ? value[0] : String(value)),
  (value) => Array.from({ length: 30 }).reduce<unknown>((inner) => ({ object: inner }), value),
];

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

function placesOf(whole: Node): Place[] {
  const found: Place[] = [];
  const walk = (holder: Node, path: string[]) => {
    for (const [key, value] of Object.entries(holder)) {
      const here = [...path, key];
      found.push({ holder, key, path: here });
      if (isNode(value) && found.length < 2_000) walk(value, here);
    }
  };
  walk(whole, []);
  return found;
}

/** The host that `elsewhere` writes into a place is named after it, so that a request there tells what was followed. */
export function hostOfPlace(path: readonly string[]): string {
  const names = path.map((key) => key.replace(/^x_/, "")).filter((key) => !/^\d+$/.test(key));
  const name = names.includes("inReplyTo") ? "inReplyTo" : (names.at(-1) ?? "top");
  return `at-${name.toLowerCase().replace(/[^a-z]/g, "") || "odd"}.example`;
}

/** What is sent in the end: text, for a name may stand in it twice. */
export function mutated(activity: object, changes: readonly Mutation[], names: readonly string[]): string {
  let whole = structuredClone(activity) as Node;
  const twice: [string, unknown][] = [];
  for (const change of changes) {
    if (change.do === "swap") {
      const [from, to] = [names[change.from] ?? "", names[change.to] ?? ""];
      if (!change.inside) whole = swapped(whole, from, to);
      else if (isNode(whole["object"])) whole["object"] = swapped(whole["object"], from, to);
      continue;
    }
    const all = placesOf(whole);
    const places = change.do === "exchange" ? all.filter((place) => isNamed(place, names)) : all;
    const place = places[change.at % Math.max(1, places.length)];
    if (place === undefined) continue;
    if (change.do === "twice") twice.push([place.path[0] ?? "", change.piece]);
    else if (change.do === "exchange") place.holder[place.key] = names[change.to];
    else changeAt(whole, place, change);
  }
  const text = JSON.stringify(whole);
  const doubled = twice.map(([key, piece]) => `${JSON.stringify(key)}:${JSON.stringify(piece) ?? "null"},`);
  return `{${doubled.join("")}${text.slice(1)}`.replace(/,\}$/, "}");
}

/** Somebody, or something of theirs. */
function isNamed({ holder, key }: Place, names: readonly string[]): boolean {
  const value = holder[key];
  return typeof value === "string" && names.some((name) => value.startsWith(name));
}

function swapped(whole: Node, from: string, to: string): Node {
  return from === "" ? whole : JSON.parse(JSON.stringify(whole).replaceAll(from, to));
}

function changeAt(whole: Node, { holder, key, path }: Place, change: Mutation): void {
  const value = holder[key];
  if (change.do === "drop") delete holder[key];
  else if (change.do === "double") holder[key] = [value, structuredClone(value)];
  else if (change.do === "put") holder[key] = structuredClone(change.piece);
  else if (change.do === "elsewhere") holder[key] = `http://${hostOfPlace(path)}/followed`;
  else if (change.do === "wrap") holder[key] = wrappings[change.how]?.(value);
  else if (change.do === "alias") alias(whole, { holder, key, path }, change.means);
}

/** The place under another name that means the same, or the same name with another meaning. */
function alias(whole: Node, { holder, key }: Place, means: string): void {
  const before = whole["@context"];
  const contexts: unknown[] = Array.isArray(before) ? before : [before];
  const term = means.startsWith("@") ? means : { "@id": `as:${means}`, "@type": "@id" };
  if (/^[a-zA-Z]+$/.test(key) && key === means) {
    holder[`x_${key}`] = holder[key];
    delete holder[key];
    whole["@context"] = [...contexts, { [`x_${key}`]: term }];
  } else whole["@context"] = [...contexts, { [key]: term }];
}
