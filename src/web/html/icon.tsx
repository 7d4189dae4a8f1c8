import { type SymbolName, symbols } from "./symbols.ts";

/** A small drawing beside words, never instead of them. `turn`: mirrored where people read from right to left. */
export function Icon({
  name,
  turn = false,
  big = false,
  fill = false,
}: {
  name: SymbolName;
  turn?: boolean;
  big?: boolean;
  fill?: boolean;
}) {
  return (
    <svg
      class={`i${turn ? " turn" : ""}${big ? " big" : ""}${fill ? " fill" : ""}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      dangerouslySetInnerHTML={{ __html: symbols[name] }}
    />
  );
}

const seats = [
  [4, 7],
  [4, 14],
  [24, 7],
  [24, 14],
  [24, 21],
] as const;

/** The mark: a chip seen from above, which is also a table with seats; the honey seat is you. */
export function Mark({ art = false }: { art?: boolean }) {
  return (
    <svg class={art ? "art-mark" : "mark"} viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <rect class="table" x="8.5" y="2.5" width="11" height="23" rx="3.5" />
      <g class="seat">
        {seats.map(([x, y]) => (
          <circle cx={x} cy={y} r="2.3" />
        ))}
      </g>
      <circle class="you" cx="4" cy="21" r="2.3" />
    </svg>
  );
}

/** The table drawn large, for pages with nothing on them yet. */
export function EmptyTable() {
  return (
    <svg class="art" viewBox="0 0 120 104" aria-hidden="true" focusable="false">
      <rect class="table" x="32" y="6" width="56" height="92" rx="14" />
      {[
        [14, 22],
        [14, 52],
        [106, 22],
        [106, 52],
        [106, 82],
      ].map(([x, y]) => (
        <circle class="seat" cx={x} cy={y} r="9" />
      ))}
      <circle class="you" cx="14" cy="82" r="9" />
    </svg>
  );
}
