import type { FileKind, MediaRow } from "../../../social/media/media.ts";
import { kindOf } from "../../../social/media/media.ts";
import type { FileView } from "../../../social/media/of-posts.ts";
import { mediaLink } from "../media-links.ts";
import type { Site } from "./site.ts";

export type MediaAttachment = {
  id: string;
  type: "image" | "video" | "audio" | "unknown";
  url: string;
  preview_url: string | null;
  remote_url: string | null;
  meta: Record<string, unknown>;
  description: string | null;
  blurhash: string | null;
};

const types: Readonly<Record<FileKind, MediaAttachment["type"]>> = {
  picture: "image",
  film: "video",
  sound: "audio",
  file: "unknown",
};

/** A file of a post. One that is not here has no preview: it is fetched when it is opened. */
export function attachmentOf(file: FileView, site: Site): MediaAttachment {
  const look = mediaLink(site, "look", file.id);
  return {
    id: file.url === "" ? file.mediaId : file.id,
    type: types[file.kind],
    url: file.here ? look : mediaLink(site, "fetch", file.id),
    preview_url: file.here && file.kind === "picture" ? look : null,
    remote_url: file.url === "" ? null : file.url,
    ...factsOf(file),
  };
}

/** A file that was added and stands in no post yet. */
export function waitingAttachmentOf(media: MediaRow, site: Site): MediaAttachment {
  const kind = kindOf(media.type);
  const url = mediaLink(site, "own", media.id);
  const preview = kind === "picture" ? url : null;
  return { id: media.id, type: types[kind], url, preview_url: preview, remote_url: null, ...factsOf(media) };
}

type Facts = Pick<MediaRow, "width" | "height" | "length" | "alt" | "blurhash">;

function factsOf({ width, height, length, alt, blurhash }: Facts) {
  const original = {
    ...(width > 0 && height > 0 ? { width, height, size: `${width}x${height}`, aspect: width / height } : {}),
    ...(length > 0 ? { duration: length / 1000 } : {}),
  };
  return {
    meta: Object.keys(original).length === 0 ? {} : { original },
    description: alt === "" ? null : alt,
    blurhash: blurhash === "" ? null : blurhash,
  };
}
