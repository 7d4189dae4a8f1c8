import { NodeError } from "../../../lib/errors.ts";
import type { Tx } from "../../../store/tx.ts";
import { changeFile } from "./queries.ts";

/** The owner wants a file of others, or wants it tried once more. Throws "file-gone". */
export async function askForFile(tx: Tx, id: string): Promise<void> {
  if (!(await changeFile(tx, { id, states: ["offered", "failed", "gone"] }, { state: "coming", why: "" })))
    throw new NodeError("file-gone", "none that waits to be asked for");
}

/** The owner does not want it now. What came is kept, and it goes on there when they do. */
export async function stopFile(tx: Tx, id: string): Promise<void> {
  await changeFile(tx, { id, states: ["coming"] }, { state: "offered" });
}
