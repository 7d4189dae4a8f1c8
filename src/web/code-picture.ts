import { crc32, deflateSync } from "node:zlib";
import { encodeQR } from "qr";

/** The white around a code, without which some readers do not see it (ISO/IEC 18004, 6.3.8). */
const MARGIN = 4;

/** A text as the dots of a QR code, true for dark, with the white around it. */
export function codeDots(text: string): boolean[][] {
  return encodeQR(text, "raw", { border: MARGIN });
}

/** The same as a PNG of two colours, each dot of the code `scale` dots of the picture wide. */
export function codePng(text: string, scale: number): Buffer {
  const rows = codeDots(text);
  const side = rows.length * scale;
  const lines = rows.flatMap((row) => {
    const line = Buffer.alloc(1 + Math.ceil(side / 8), 0xff);
    line[0] = 0;
    for (let x = 0; x < side; x += 1) {
      const at = 1 + (x >> 3);
      if (row[Math.floor(x / scale)] === true) line[at] = (line[at] ?? 0) & ~(0x80 >> (x & 7));
    }
    return Array.from({ length: scale }, () => line);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // One bit for each dot, of grey.
  header[8] = 1;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(lines))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** PNG, 5.3. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.byteLength);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}
