import { cleanLine } from "../html.ts";
import { LONGEST_FILE_NAME } from "./limits.ts";

/** Names that a system gives to devices, whatever stands behind the dot. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * The name a file is offered under for saving. Nothing here ever uses it as a path; whoever saves it should not be
 * led astray by it either.
 */
export function fileName(said: string): string {
  const last = said.slice(0, 4_096).split(/[/\\]/).at(-1) ?? "";
  const line = cleanLine(last.normalize("NFKC").replace(/[/\\:*?"<>|]/g, "_"), 4_096).replace(
    /^[.\s]+|[.\s]+$/g,
    "",
  );
  const safe = line.replace(DEVICES, "_$1");
  if (safe.length <= LONGEST_FILE_NAME) return safe === "" ? "file" : safe;
  const end = /\.[\p{L}\p{N}]{1,10}$/u.exec(safe)?.[0] ?? "";
  return [...safe].slice(0, LONGEST_FILE_NAME - end.length).join("") + end;
}
