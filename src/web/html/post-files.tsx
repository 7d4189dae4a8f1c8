import type { FileView } from "../../social/media/of-posts.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { fileIcon } from "./compose-files.tsx";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { size } from "./time.tsx";

type Shown = { t: Messages; post: PostView; open?: boolean };
type OwnerProps = Shown & { token: string };

/** The files of a post in the owner's pages: what is here is shown, what is not can be fetched. */
export function PostFiles({ t, post, token, open = false }: OwnerProps) {
  const at = (file: FileView) => `/media/attached/${file.id}`;
  return <Files t={t} post={post} open={open} at={at} token={token} />;
}

/** The same for whoever visits. */
export function VisitorFiles({ t, post }: Shown) {
  return <Files t={t} post={post} open={false} at={(file) => `/media/${file.mediaId}`} token={null} />;
}

type FilesProps = Required<Shown> & { at: (file: FileView) => string; token: string | null };

function Files({ t, post, open, at, token }: FilesProps) {
  if (post.files.length === 0) return null;
  const shown = (
    <div class={post.files.length > 1 ? "files many" : "files"}>
      {post.files.map((file) => {
        if (file.here) return <OneFile t={t} file={file} at={at(file)} />;
        return token === null ? null : <Missing t={t} post={post} file={file} token={token} />;
      })}
    </div>
  );
  if (!post.sensitive) return shown;
  return (
    <details class="cw" open={open}>
      <summary class="row">
        <b class="grow">{t.files.hidden(post.files.length)}</b>
        <span class="btn">{t.post.show}</span>
      </summary>
      {shown}
    </details>
  );
}

function OneFile({ t, file, at }: { t: Messages; file: FileView; at: string }) {
  const size = file.width > 0 && file.height > 0 ? { width: file.width, height: file.height } : {};
  switch (file.kind) {
    case "picture":
      return (
        <figure class="media" id={`f-${file.id}`}>
          <a href={at}>
            <img src={at} alt={file.alt === "" ? t.files.noAlt : file.alt} loading="lazy" {...size} />
          </a>
          <Alt t={t} file={file} />
        </figure>
      );
    case "film":
      return (
        <figure class="media" id={`f-${file.id}`}>
          <video
            controls
            preload="none"
            src={at}
            aria-label={file.alt === "" ? t.files.kinds.film : file.alt}
            {...size}
          />
          <Alt t={t} file={file} />
        </figure>
      );
    case "sound":
      return (
        <figure class="media" id={`f-${file.id}`}>
          {/* biome-ignore lint/a11y/useMediaCaption: what people record has none; the words beside it stand for it */}
          <audio
            controls
            preload="none"
            src={at}
            aria-label={file.alt === "" ? t.files.kinds.sound : file.alt}
          />
          <Alt t={t} file={file} />
        </figure>
      );
    case "file":
      return (
        <div class="card filebox" id={`f-${file.id}`}>
          <Icon name="file" big />
          <div>
            <a href={at} download={file.name === "" ? true : file.name}>
              {t.files.save} <bdi>{file.name}</bdi>
            </a>{" "}
            <span class="small muted">{sizeOf(t, file)}</span>
            {file.alt === "" ? null : (
              <p class="small" dir="auto">
                {file.alt}
              </p>
            )}
          </div>
        </div>
      );
  }
}

/** What it shows in words, for everybody who wants to read it. */
function Alt({ t, file }: { t: Messages; file: FileView }) {
  if (file.alt === "") return null;
  return (
    <figcaption>
      <details>
        <summary>
          <b>ALT</b>
          <span class="vh"> {t.files.altOf}</span>
        </summary>
        <p dir="auto">{file.alt}</p>
      </details>
    </figcaption>
  );
}

const sizeOf = (t: Messages, { bytes }: FileView) => (bytes > 0 ? size(t, bytes) : "");

/** Not here: it is at its author's place, and comes through the network when asked for. */
function Missing({ t, post, file, token }: { t: Messages; post: PostView; file: FileView; token: string }) {
  const f = t.files;
  return (
    <Form action={`/attached/${file.id}/fetch`} token={token} class="card stack tight missing">
      <div class="row start" id={`f-${file.id}`}>
        <Icon name={fileIcon[file.kind]} big />
        <div class="grow">
          <p>
            <b>{f.kinds[file.kind]}</b> <span class="small muted">{sizeOf(t, file)}</span>{" "}
            <bdi>{file.name}</bdi>
          </p>
          {file.alt === "" ? null : (
            <p class="small" dir="auto">
              {file.alt}
            </p>
          )}
          <p class="small muted">
            {file.host === post.author.host ? f.atDevice(post.author.name) : f.atHost(file.host)}
          </p>
        </div>
      </div>
      <input type="hidden" name="post" value={post.sortKey} />
      <div class="row end">
        <button class="btn" type="submit" data-busy>
          <Icon name="down" />
          {f.fetch[file.kind]}
        </button>
      </div>
    </Form>
  );
}
