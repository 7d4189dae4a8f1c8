/** The beginning of a longer text, cut between words where there are some. `most`: letters. */
export function firstWords(text: string, most: number): string {
  const letters = [...text.slice(0, most * 2 + 2)];
  if (letters.length <= most) return text;
  const cut = letters.slice(0, most).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).trimEnd()} …`;
}
