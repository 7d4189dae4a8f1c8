/** A piece of a text beside an older one. */
export type Piece = { kind: "same" | "added" | "removed"; text: string };

/** Words compared one by one; longer texts are shown as wholly changed between their common beginning and end. */
const MOST_WORDS = 800;

/** What changed between two texts, by words: their longest common sequence stays. */
export function wordDiff(before: string, after: string): Piece[] {
  const [one, two] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < one.length && start < two.length && one[start] === two[start]) start += 1;
  let end = 0;
  const room = Math.min(one.length, two.length) - start;
  while (end < room && one[one.length - 1 - end] === two[two.length - 1 - end]) end += 1;
  const left = one.slice(start, one.length - end);
  const right = two.slice(start, two.length - end);
  const long = left.length > MOST_WORDS || right.length > MOST_WORDS;
  return joined([
    ...one.slice(0, start).map(same),
    ...(long ? [...left.map(removed), ...right.map(added)] : middle(left, right)),
    ...one.slice(one.length - end).map(same),
  ]);
}

const same = (text: string): Piece => ({ kind: "same", text });
const added = (text: string): Piece => ({ kind: "added", text });
const removed = (text: string): Piece => ({ kind: "removed", text });

function wordsOf(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}

function middle(one: string[], two: string[]): Piece[] {
  const wide = two.length + 1;
  const length = new Uint16Array((one.length + 1) * wide);
  const at = (i: number, j: number) => length[i * wide + j] ?? 0;
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = two.length - 1; j >= 0; j--) {
      length[i * wide + j] = one[i] === two[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < one.length || j < two.length) {
    const [left, right] = [one[i], two[j]];
    if (left !== undefined && left === right) {
      pieces.push(same(left));
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push(removed(left));
      i += 1;
    } else if (right !== undefined) {
      pieces.push(added(right));
      j += 1;
    }
  }
  return pieces;
}

function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last?.kind === piece.kind) last.text += piece.text;
    else out.push({ ...piece });
  }
  return out;
}
