import { createOwnFiles, sealedFileById } from "../../src/file-shelf.ts";
import { createMessageFiles } from "../../src/message-files.ts";
import { placedAttachment } from "../../src/social/media/queries.ts";
import type { Store } from "../../src/store/store.ts";
import type { OwnerActing } from "../../src/web/ports.ts";
import { picturing } from "./media-host.ts";

/** What a page may do with files, over a real store and with the real picture process. */
export function filesOver(
  store: Store,
  now: () => number,
): Pick<OwnerActing, "addFile" | "addMessageFile" | "attached" | "media" | "messageFile"> {
  const files = createOwnFiles({ ...picturing, store, now });
  const messageFiles = createMessageFiles({ store, now });
  return {
    addFile: (bytes, said) => files.add(bytes, said),
    addMessageFile: (bytes, said) => files.addForMessage(bytes, said),
    messageFile: (id) => messageFiles.forOwner(id),
    media: (id) => sealedFileById(store, id),
    async attached(id) {
      const placed = await placedAttachment(store.read, { id });
      return placed === null ? null : sealedFileById(store, placed.row.mediaId);
    },
  };
}

export type FormPart = { name: string; value: string | Buffer; file?: string; type?: string };

/** A form with files as a browser writes it (RFC 7578). */
export function multipart(boundary: string, parts: FormPart[]): Buffer {
  const written = parts.flatMap(({ name, value, file, type }) => {
    const filename = file === undefined ? "" : `; filename="${file}"`;
    const kind = file === undefined ? "" : `\r\nContent-Type: ${type ?? "application/octet-stream"}`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename}${kind}\r\n\r\n`;
    return [Buffer.from(head), Buffer.from(value), Buffer.from("\r\n")];
  });
  return Buffer.concat([...written, Buffer.from(`--${boundary}--\r\n`)]);
}
