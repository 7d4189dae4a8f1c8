import type { Messages } from "../messages/en.ts";
import { Digits } from "./key-note.tsx";

/** Whoever listens to the words and is quick stands in between; the number of the two keys tells. */
export function Overheard({ t, digits }: { t: Messages; digits: string[] }) {
  return (
    <details class="fold">
      <summary>{t.together.overheard}</summary>
      <p>{t.together.overheardHow}</p>
      <Digits digits={digits} />
    </details>
  );
}
