import { afterId3 } from "./mp3.ts";
import { type Cleaned, type Edit, exactly, notReadable, type Source } from "./source.ts";
import { endOfSound } from "./tags-behind.ts";

const STREAM_INFO = 0;
const PADDING = 1;
const SEEK_TABLE = 3;

/** FLAC (RFC 9639): every block but the description of the stream and its places becomes padding. */
export async function cleanFlac(source: Source): Promise<Cleaned> {
  const from = await afterId3(source);
  if ((await exactly(source, from, 4)).toString("latin1") !== "fLaC") throw notReadable("no FLAC");
  const edits: Edit[] = [];
  let length = 0;
  let at = from + 4;
  for (let last = false; !last; ) {
    const head = await exactly(source, at, 4);
    const first = head[0] ?? 0;
    last = first >= 128;
    const kind = first & 0x7f;
    const size = head.readUIntBE(1, 3);
    if (kind === STREAM_INFO) length = flacLength(await exactly(source, at + 4, 18));
    else if (kind !== SEEK_TABLE) {
      edits.push({ at, bytes: Buffer.from([(first & 0x80) | PADDING]) }, { at: at + 4, zero: size });
    }
    at += 4 + size;
  }
  const sync = await exactly(source, at, 2);
  if (sync[0] !== 0xff || ((sync[1] ?? 0) & 0xfc) !== 0xf8) throw notReadable("no frames");
  const to = await endOfSound(source, at);
  return {
    ...{ kind: "sound", type: "audio/flac", from, to, edits },
    ...{ width: 0, height: 0, length },
  };
}

function flacLength(info: Buffer): number {
  const rate = info.readUIntBE(10, 3) >> 4;
  const samples = ((info[13] ?? 0) & 0x0f) * 2 ** 32 + info.readUInt32BE(14);
  return rate === 0 ? 0 : Math.round((samples / rate) * 1000);
}

const inWave = ["fmt ", "data", "fact"];

/** WAV: every chunk but the sound and how to read it becomes JUNK. */
export async function cleanWav(source: Source): Promise<Cleaned> {
  const head = await exactly(source, 0, 12);
  const end = Math.min(8 + head.readUInt32LE(4), source.size);
  const edits: Edit[] = [];
  let [rate, data] = [0, 0];
  let at = 12;
  while (at + 8 <= end) {
    const start = await exactly(source, at, 8);
    const name = start.toString("latin1", 0, 4);
    const size = start.readUInt32LE(4);
    if (at + 8 + size > end) throw notReadable("a chunk that does not fit");
    if (name === "fmt ") rate = (await exactly(source, at + 8, 16)).readUInt32LE(8);
    if (name === "data") data += size;
    if (!inWave.includes(name)) {
      edits.push({ at, bytes: Buffer.from("JUNK", "latin1") }, { at: at + 8, zero: size });
    }
    at += 8 + size + (size % 2);
  }
  if (rate === 0 || data === 0) throw notReadable("no sound");
  return {
    ...{ kind: "sound", type: "audio/wav", from: 0, to: Math.min(at, end), edits },
    ...{ width: 0, height: 0, length: Math.round((data / rate) * 1000) },
  };
}
