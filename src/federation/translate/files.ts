import {
  Audio,
  Document,
  Image,
  Link,
  PropertyValue,
  Video,
  Object as WireObject,
} from "@fedify/fedify/vocab";
import type { FileCard } from "../../social/media/foreign-files.ts";
import { hostOf } from "../addresses.ts";
import { localContexts } from "../contexts.ts";
import { offline } from "./offline.ts";
import { plainText } from "./plain-text.ts";

const MOST = 16;
const ALT_LETTERS = 1_500;
const NAME_LETTERS = 100;

/** A file of an own post, as others are told of it. */
export type OwnFile = {
  url: string;
  kind: string;
  type: string;
  alt: string;
  name: string;
  width: number;
  height: number;
  length: number;
};

/** FEP-1311: a picture, film, sound or file with its type, its size in dots, its length and what it shows. */
export function attachmentOf(file: OwnFile): Document {
  const { width, height } = file;
  const values = {
    url: new URL(file.url),
    mediaType: file.type,
    name: (file.kind === "file" && file.alt === "" ? file.name : file.alt) || null,
    ...(width > 0 && height > 0 ? { width, height } : {}),
    ...(file.length > 0
      ? { duration: Temporal.Duration.from({ milliseconds: file.length }).round("seconds") }
      : {}),
  };
  switch (file.kind) {
    case "picture":
      return new Image(values);
    case "film":
      return new Video(values);
    case "sound":
      return new Audio(values);
    default:
      return new Document(values);
  }
}

const shown: Readonly<Record<string, FileCard["kind"]>> = {
  "image/jpeg": "picture",
  "image/png": "picture",
  "image/webp": "picture",
  "image/gif": "picture",
  "image/avif": "picture",
  "video/mp4": "film",
  "video/quicktime": "film",
  "video/webm": "film",
  "audio/mpeg": "sound",
  "audio/mp3": "sound",
  "audio/mp4": "sound",
  "audio/ogg": "sound",
  "audio/webm": "sound",
  "audio/flac": "sound",
  "audio/x-flac": "sound",
  "audio/wav": "sound",
  "audio/x-wav": "sound",
  "audio/aac": "sound",
};

/** The files of somebody else's post, as they say; nothing is fetched. What is no type we show is a file for saving. */
export async function readFiles(object: WireObject): Promise<FileCard[]> {
  const found: FileCard[] = [];
  const options = { contextLoader: localContexts, documentLoader: offline, suppressError: true };
  for await (const one of object.getAttachments(options)) {
    if (one instanceof Link || one instanceof PropertyValue) continue;
    const card = one instanceof WireObject ? cardOf(one) : null;
    if (card !== null) found.push(card);
    if (found.length >= MOST) break;
  }
  return found;
}

function cardOf(file: WireObject): FileCard | null {
  const { url } = file;
  const address = url instanceof Link ? url.href : url;
  if (address === null || hostOf(address) === null) return null;
  const said = file.mediaType ?? (url instanceof Link ? url.mediaType : null) ?? "";
  const type = said.toLowerCase().split(";", 1)[0]?.trim() ?? "";
  const kind = shown[type] ?? kindOfClass(file, type);
  return {
    kind,
    type,
    url: address.href,
    alt: plainText(file.name ?? file.summary, ALT_LETTERS),
    name: kind === "file" ? plainText(file.name, NAME_LETTERS) : "",
    // The library drops what it has no term for.
    blurhash: "",
    ...sizeOf(file),
    length: lengthOf(file),
    bytes: 0,
  };
}

/** Some tell no type but that it is a picture. */
function kindOfClass(file: WireObject, type: string): FileCard["kind"] {
  if (type !== "") return "file";
  return file instanceof Image
    ? "picture"
    : file instanceof Video
      ? "film"
      : file instanceof Audio
        ? "sound"
        : "file";
}

function sizeOf(file: WireObject): { width: number; height: number } {
  return file instanceof Document
    ? { width: file.width ?? 0, height: file.height ?? 0 }
    : { width: 0, height: 0 };
}

function lengthOf(file: WireObject): number {
  try {
    return Math.round(file.duration?.total("milliseconds") ?? 0);
  } catch {
    return 0; // told in months
  }
}
