import { decodeQRBatch } from "qr/decode.js";

/** A picture without a code is looked at again and again, each time harder; this long and no longer, in milliseconds. */
const LONGEST_LOOK = 5_000;
const LONGEST_SIDE = 2_048;
const MOST_CODES = 8;
/** The smallest code there is has so many dots (ISO/IEC 18004, 6.3.1); a picture can be a line. */
const SMALLEST = 21;

type Picture = Pick<ImageData, "width" | "height"> & { data: Uint8ClampedArray };

/** What the QR codes in a picture say, each text once. How long one may be is decided by whoever asks. */
export async function findCodes(picture: Picture): Promise<string[]> {
  const small = onWhite(smaller(picture));
  const { width, height } = small;
  if (Math.min(width, height) < SMALLEST) return [];
  const effort = { effort: Number.POSITIVE_INFINITY, timeLimit: LONGEST_LOOK, maxSize: { width, height } };
  const [found = []] = await decodeQRBatch([small], effort);
  // Where it saw the beginning of a code and nothing more, there is an Error.
  const texts = found.filter((one) => typeof one === "string");
  return [...new Set(texts)].slice(0, MOST_CODES);
}

/** Each dot the mean of so many by so many: enough for what is black and white, and quick. */
function smaller(picture: Picture): Picture {
  const by = Math.ceil(Math.max(picture.width, picture.height) / LONGEST_SIDE);
  const width = Math.floor(picture.width / by);
  const height = Math.floor(picture.height / by);
  if (by === 1) return picture;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width * 4; x += 1) {
      const first = (y * by * picture.width + (x >> 2) * by) * 4 + (x & 3);
      let sum = 0;
      for (let down = 0; down < by; down += 1)
        for (let right = 0; right < by; right += 1)
          sum += picture.data[first + (down * picture.width + right) * 4] ?? 0;
      data[y * width * 4 + x] = sum / (by * by);
    }
  }
  return { data, width, height };
}

/** A code saved without its background is dark on nothing. */
function onWhite(picture: Picture): Picture {
  const { data } = picture;
  for (let at = 0; at < data.length; at += 4) {
    const opacity = data[at + 3] ?? 255;
    if (opacity === 255) continue;
    for (let part = at; part < at + 3; part += 1)
      data[part] = 255 - ((255 - (data[part] ?? 0)) * opacity) / 255;
    data[at + 3] = 255;
  }
  return picture;
}
