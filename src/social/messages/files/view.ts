import { type FileKind, kindOf } from "../../media/media.ts";
import type { FileTrouble, MessageFileState } from "./file.ts";
import type { MessageFileRow } from "./queries.ts";

export type MessageFileView = {
  id: string;
  own: boolean;
  kind: FileKind;
  name: string;
  type: string;
  alt: string;
  voice: boolean;
  bytes: number;
  width: number;
  height: number;
  /** Milliseconds. */
  length: number;
  state: MessageFileState;
  why: FileTrouble;
  /** Bytes that came, or that their device took. */
  received: number;
};

const STATES: readonly string[] = ["taken", "offered", "coming", "here", "gone", "failed"];
const isState = (state: string): state is MessageFileState => STATES.includes(state);

export function fileView(row: MessageFileRow): MessageFileView {
  const { id, own, name, type, alt, voice, bytes, width, height, length, state, why, received } = row;
  return {
    ...{ id, own, name, type, alt, voice, bytes, width, height, length, received },
    kind: kindOf(type),
    state: isState(state) ? state : "",
    why: why === "damaged" || why === "disk-full" ? why : "",
  };
}
