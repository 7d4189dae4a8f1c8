/**
 * The headings of a long post below those of the page it stands on: `under` is the level of its title. However they
 * were typed, no level is skipped on the way down.
 */
export function headingsUnder(html: string, under: 1 | 2): string {
  const open: number[] = [];
  return html.replace(/<h([1-6])>(.*?)<\/h\1>/gs, (_whole, typed: string, words: string) => {
    const level = Number(typed);
    while ((open.at(-1) ?? 0) >= level) open.pop();
    open.push(level);
    const shown = Math.min(under + open.length, 6);
    return `<h${shown}>${words}</h${shown}>`;
  });
}
