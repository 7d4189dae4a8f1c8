import { MOST_FILES } from "../../../social/media/limits.ts";
import { altOf, kindOf, mediaRow } from "../../../social/media/media.ts";
import type { DraftFile, TypedFiles } from "../../html/compose-files.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Fields } from "../fields.ts";
import type { Visit } from "../kit.ts";

const DROP = "drop-";

/** The form came back to add or take away files; nothing is posted yet, so that they can be described first. */
export function changesFiles(fields: Fields): boolean {
  const { added, refused } = fields.uploads;
  return added.length + refused.length > 0 || asksForFiles(fields);
}

/** A button was pressed that adds or takes away files. */
export function asksForFiles(fields: Fields): boolean {
  const pressed = fields.text("do");
  return pressed === "files" || pressed.startsWith(DROP);
}

/** The files that stand in the form, and those that came with it. `over`: what is said of more than `most`. */
export async function typedFiles(
  visit: Visit,
  { most, over }: { most: number; over: string } = { most: MOST_FILES, over: visit.t.files.tooMany },
): Promise<TypedFiles> {
  const { fields, t } = visit;
  const { added, refused } = fields.uploads;
  const pressed = fields.text("do");
  const ids = [...new Set([...fields.all("media"), ...added])].filter(
    (id) => /^[0-9a-f]{32}$/.test(id) && pressed !== `${DROP}${id}`,
  );
  const files: DraftFile[] = [];
  for (const id of ids.slice(0, most)) {
    const file = await draftFile(visit, id, fields.text(`alt-${id}`));
    if (file !== null) files.push({ ...file, voice: fields.all("voice").includes(id) });
  }
  const said = refused.map(({ name, error }) => (name === "" ? "" : `${name}: `) + sentence(t, error));
  if (ids.length > most) said.push(over);
  return { files, fileTrouble: said.length === 0 ? null : said.join(" ") };
}

/** null: it is not here any more. */
export async function draftFile({ acting }: Visit, mediaId: string, alt: string): Promise<DraftFile | null> {
  const row = await mediaRow(acting.read, mediaId);
  if (row === null) return null;
  return { mediaId, alt: altOf(alt), kind: kindOf(row.type), name: row.name, bytes: row.bytes };
}
