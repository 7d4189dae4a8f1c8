import { LONGEST_ALT, MOST_FILES } from "../../social/media/limits.ts";
import type { FileKind } from "../../social/media/media.ts";
import type { Messages } from "../messages/en.ts";
import { Field } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { size } from "./time.tsx";

/** A file that was added to a post that is being written. */
export type DraftFile = {
  mediaId: string;
  alt: string;
  kind: FileKind;
  name: string;
  bytes: number;
  /** Recorded for this message. */
  voice?: boolean;
};

export type TypedFiles = {
  files: DraftFile[];
  /** What was not taken, and why. */
  fileTrouble: string | null;
};

/** Where files go that are added: to a post, or to a message. */
export type FilesFor = {
  words: { add: string; pick: string; hint: string };
  /** The field's name, and where the script sends each file. */
  field: string;
  path: string;
  most: number;
};

const forPost = (t: Messages): FilesFor => ({
  ...{ words: t.files, field: "files", path: "/files", most: MOST_FILES },
});

type Props = { t: Messages; typed: TypedFiles; to?: FilesFor };

/**
 * Adding files: a field of the form, which comes back with what to say about each; the script adds them as they are
 * picked or dropped. The last thing in the form, so that a form cut short has kept its words.
 */
export function ComposeFiles({ t, typed, to = forPost(t) }: Props) {
  const f = t.files;
  return (
    <details class="fold" open={typed.files.length > 0 || typed.fileTrouble !== null} data-files={to.path}>
      <summary>
        <Icon name="image" />
        {to.words.add}
      </summary>
      <div class="stack tight">
        <ul class="list added" data-added data-most={to.most}>
          {typed.files.map((file) => (
            <AddedFile t={t} file={file} />
          ))}
        </ul>
        <Field id="files" label={to.words.pick} hint={to.words.hint} wrong={typed.fileTrouble ?? undefined}>
          {(ids) => (
            <input
              id="files"
              name={to.field}
              type="file"
              multiple
              aria-describedby={ids}
              aria-invalid={typed.fileTrouble === null ? undefined : "true"}
            />
          )}
        </Field>
        <div class="row end" data-plain>
          <button class="btn" type="submit" name="do" value="files" data-busy>
            <Icon name="plus" />
            {f.addThese}
          </button>
        </div>
        <p class="why" data-trouble role="alert" hidden />
        <p class="row" data-progress hidden>
          <progress max="100" value="0" aria-label={f.coming} />
          <span class="small">{f.coming}</span>
        </p>
      </div>
    </details>
  );
}

/** One file with what it shows in words: asked for, never demanded. */
export function AddedFile({ t, file }: { t: Messages; file: DraftFile }) {
  const f = t.files;
  const id = `alt-${file.mediaId}`;
  return (
    <li class="row start added-file" data-file>
      <input type="hidden" name="media" value={file.mediaId} />
      {file.voice === true ? <input type="hidden" name="voice" value={file.mediaId} /> : null}
      {file.kind === "picture" ? (
        <img class="thumb" src={`/media/${file.mediaId}`} alt="" width="96" height="96" />
      ) : (
        <span class="thumb" aria-hidden="true">
          <Icon name={fileIcon[file.kind]} big />
        </span>
      )}
      <div class="grow stack tight">
        <p class="small">
          <b>{f.kinds[file.kind]}</b> <bdi>{file.name}</bdi> {size(t, file.bytes)}
        </p>
        <div class="field">
          <label for={id}>{f.alt}</label>
          <textarea
            id={id}
            name={id}
            rows={2}
            maxlength={LONGEST_ALT}
            dir="auto"
            aria-describedby={`${id}-h`}
          >
            {file.alt}
          </textarea>
          <p class="hint" id={`${id}-h`}>
            {f.altHint}
          </p>
        </div>
        <div class="row end">
          <button class="btn bare" type="submit" name="do" value={`drop-${file.mediaId}`} data-drop>
            <Icon name="x" />
            {f.remove}
          </button>
        </div>
      </div>
    </li>
  );
}

export const fileIcon = { picture: "image", film: "eye", sound: "mic", file: "file" } as const;
