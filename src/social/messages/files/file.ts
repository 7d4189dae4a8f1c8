import { LONGEST_ALT, LONGEST_FILE_NAME } from "../../media/limits.ts";

const MEGABYTE = 1024 * 1024;

export const MESSAGE_FILES = {
  /** Of one message. */
  most: 10,
  /** 2 GiB, but for one byte: what a number of the store holds. */
  largest: 2 ** 31 - 1,
  name: LONGEST_FILE_NAME,
  alt: LONGEST_ALT,
  /** Pictures and sounds of others up to this come by themselves; for everything else the owner is asked. */
  byThemselves: MEGABYTE,
} as const;

/**
 * A file as a letter speaks of it. `id`: the last part of its address at the sender, 32 random hex digits. `key`: 32 bytes,
 * base64url. `sha256`: of the plain bytes, hex. `length`: milliseconds. `voice`: recorded for this message.
 */
export type WireFile = {
  id: string;
  key: string;
  name: string;
  type: string;
  bytes: number;
  sha256: string;
  width: number;
  height: number;
  length: number;
  alt: string;
  voice: boolean;
};

/** A file the owner gives to a message: it was taken in before. */
export type MessageFileChoice = { mediaId: string; alt: string; voice: boolean };

/** of others: offered: at their device | coming | here | gone: not there any more | failed. own: "" | taken: their device has it. */
export type MessageFileState = "" | "taken" | "offered" | "coming" | "here" | "gone" | "failed";

/** Why a file failed. damaged: not what the letter speaks of. */
export type FileTrouble = "" | "damaged" | "disk-full";
