import type { Tx } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import { cleanWords } from "./add-words.ts";
import { updateWords } from "./queries.ts";
import { LONGEST_SET_TITLE, type WordAction } from "./words.ts";

export type WordChange = { words?: string; whole?: boolean };
export type SetChange = { title?: string; action?: WordAction; until?: number };

/** Changes one of the words. */
export async function changeWord(tx: Tx, id: string, { words, whole }: WordChange): Promise<void> {
  await updateWords(
    tx,
    { id },
    {
      ...(words === undefined ? {} : { words: cleanWords(words) }),
      ...(whole === undefined ? {} : { whole }),
    },
  );
}

/** Changes what words have in common that belong together. */
export async function changeWordSet(tx: Tx, setId: string, change: SetChange): Promise<void> {
  const { title, action, until } = change;
  await updateWords(
    tx,
    { setId },
    {
      ...(title === undefined ? {} : { title: cleanLine(title, LONGEST_SET_TITLE) }),
      ...(action === undefined ? {} : { action }),
      ...(until === undefined ? {} : { until: new Date(until) }),
    },
  );
}
