import type { MessageFileView } from "../../social/messages/files/view.ts";
import type { Messages } from "../messages/en.ts";
import { fileIcon } from "./compose-files.tsx";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { playing, size } from "./time.tsx";

export type MessageFilesProps = {
  t: Messages;
  token: string;
  files: MessageFileView[];
  /** Of the other person. */
  name: string;
  /** Of the conversation. */
  path: string;
  /** Nothing comes from them and nothing goes there. */
  still: boolean;
};

type OneProps = Omit<MessageFilesProps, "files"> & { file: MessageFileView };

/** The files of a message. Each is a part of the page of its own, so that what is far along is shown without the rest moving. */
export function MessageFiles({ files, ...rest }: MessageFilesProps) {
  if (files.length === 0) return null;
  return (
    <div class="sent-files">
      {files.map((file) => (
        <div id={`f-${file.id}`} data-region={`f-${file.id}`} data-when="files">
          {file.own || file.state === "here" ? (
            <Here {...rest} file={file} />
          ) : (
            <Away {...rest} file={file} />
          )}
        </div>
      ))}
    </div>
  );
}

function Here(props: OneProps) {
  const { t, file } = props;
  return (
    <>
      <Shown t={t} file={file} />
      {file.alt === "" ? null : (
        <details class="small">
          <summary>
            <b>ALT</b>
            <span class="vh"> {t.files.altOf}</span>
          </summary>
          <p dir="auto">{file.alt}</p>
        </details>
      )}
      {file.own ? <Taken {...props} /> : null}
    </>
  );
}

function Shown({ t, file }: Pick<OneProps, "t" | "file">) {
  const at = `/media/message/${file.id}`;
  const measures = file.width > 0 && file.height > 0 ? { width: file.width, height: file.height } : {};
  const label = file.alt === "" ? labelOf(t, file) : file.alt;
  switch (file.kind) {
    case "picture":
      return (
        <a href={at}>
          <img src={at} alt={file.alt === "" ? t.talkFiles.noAlt : file.alt} loading="lazy" {...measures} />
        </a>
      );
    case "film":
      return <video controls preload="none" src={at} aria-label={label} {...measures} />;
    case "sound":
      return (
        <>
          {file.voice ? (
            <p class="small">
              {t.talkFiles.voice} {file.length > 0 ? <span class="muted">{playing(file.length)}</span> : null}
            </p>
          ) : null}
          {/* biome-ignore lint/a11y/useMediaCaption: what people record has none; the words beside it stand for it */}
          <audio controls preload="none" src={at} aria-label={label} />
        </>
      );
    case "file":
      return (
        <p class="row start filebox">
          <Icon name="file" big />
          <span>
            <a href={at} download={file.name === "" ? true : file.name}>
              {t.files.save} <bdi>{file.name}</bdi>
            </a>{" "}
            <span class="small muted">{size(t, file.bytes)}</span>
          </span>
        </p>
      );
  }
}

const labelOf = (t: Messages, { voice, kind }: MessageFileView) =>
  voice ? t.talkFiles.voice : t.files.kinds[kind];

/** How much of an own file their device has. */
function Taken({ t, file, name }: OneProps) {
  const { state, received, bytes } = file;
  if (state === "taken")
    return (
      <p class="small muted">
        <Isolated words={t.talkFiles.taken(isolate(name))} />
      </p>
    );
  if (received === 0) return null;
  return (
    <>
      <p class="small muted">
        <Isolated words={t.talkFiles.took(isolate(name), size(t, received), size(t, bytes))} />
      </p>
      <progress max={bytes} value={received} aria-hidden="true" />
    </>
  );
}

/** A file of theirs that is not here. */
function Away(props: OneProps) {
  const { t, file, token, path, still } = props;
  const presses = still ? [] : pressesOf(t, file);
  return (
    <Form action={`${path}/file/${file.id}`} token={token} class="stack tight">
      <div class="row start">
        <Icon name={fileIcon[file.kind]} big />
        <div class="grow">
          <p>
            <b>{labelOf(t, file)}</b> <span class="small muted">{size(t, file.bytes)}</span>{" "}
            <bdi>{file.voice ? "" : file.name}</bdi>
          </p>
          {file.alt === "" ? null : (
            <p class="small" dir="auto">
              {file.alt}
            </p>
          )}
          <How {...props} />
        </div>
      </div>
      {presses.length === 0 ? null : (
        <div class="row end">
          {presses.map(({ act, icon, words }) => (
            <button class="btn" type="submit" name="do" value={act}>
              <Icon name={icon} />
              {words}
            </button>
          ))}
        </div>
      )}
    </Form>
  );
}

type Press = { act: "get" | "stop"; icon: "down" | "x" | "again"; words: string };

function pressesOf(t: Messages, { state, received, bytes }: MessageFileView): Press[] {
  switch (state) {
    case "offered":
      return [
        {
          act: "get",
          icon: "down",
          words: received > 0 ? t.talkFiles.goOn : t.talkFiles.get(size(t, bytes)),
        },
      ];
    case "coming":
      return [{ act: "stop", icon: "x", words: t.talkFiles.stop }];
    case "failed":
    case "gone":
      return [{ act: "get", icon: "again", words: t.talkFiles.again }];
    default:
      return [];
  }
}

function How({ t, file, name }: OneProps) {
  const { state, received, bytes, why } = file;
  const k = t.talkFiles;
  const part = size(t, received);
  if (state === "coming" && received > 0)
    return (
      <>
        <p class="small muted">{k.coming(part, size(t, bytes))}</p>
        <progress max={bytes} value={received} aria-label={k.progress} />
      </>
    );
  const words = {
    offered: received > 0 ? k.partHere(part, size(t, bytes)) : k.at(isolate(name)),
    coming: k.waits(isolate(name)),
    gone: k.gone(isolate(name)),
    failed: why === "disk-full" ? k.diskFull : k.damaged,
  }[state as string];
  return words === undefined ? null : (
    <p class={state === "failed" ? "small why" : "small muted"}>
      {state === "failed" ? <Icon name="warn" /> : null}
      <span>
        <Isolated words={words} />
      </span>
    </p>
  );
}
