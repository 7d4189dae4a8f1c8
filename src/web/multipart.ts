import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { NodeError } from "../lib/errors.ts";
import { BodyTooLarge } from "./http-bridge.ts";

/** A file as a form sends it (RFC 7578). Its name is what the browser says, and no path. */
export type Part = { field: string; name: string; type: string; bytes: Readable };

type Options<T> = {
  /** Of all texts together, and of the whole body. */
  mostText: number;
  mostBytes: number;
  mostFields: number;
  /** Must read the part to its end, or fail. Parts come one after the other. `before`: the texts that came before it. */
  onFile: (part: Part, before: readonly [string, string][]) => Promise<T>;
};

/** Reads a form with files as it arrives; nothing but its texts is held in memory. */
export async function readMultipart<T>(
  req: IncomingMessage,
  o: Options<T>,
): Promise<{ texts: [string, string][]; files: T[] }> {
  if (Number(req.headers["content-length"] ?? 0) > o.mostBytes) throw new BodyTooLarge();
  const parser = parserOf(req, o);
  const texts: [string, string][] = [];
  const files: T[] = [];
  let [size, letters] = [0, 0];
  let work: Promise<void> = Promise.resolve();
  const open = new Set<Readable>();
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => {
      req.unpipe(parser);
      parser.destroy();
      // Whoever reads a part would wait for its end for ever.
      for (const part of open) part.destroy(new NodeError("bad-request", "the upload broke off"));
      reject(error);
    };
    parser.on("field", (name, value, nameCut, valueCut) => {
      letters += name.length + value.length;
      if (letters > o.mostText || nameCut || valueCut) fail(new BodyTooLarge());
      else texts.push([name, value]);
    });
    parser.on("file", (field, bytes, name, _encoding, type) => {
      // No file was picked: browsers send an empty one without a name.
      if ((name ?? "") === "" && type === "application/octet-stream") {
        bytes.resume();
        return;
      }
      open.add(bytes);
      bytes.on("error", () => {}); // told to whoever reads it
      bytes.on("close", () => open.delete(bytes));
      work = work.then(async () => {
        files.push(await o.onFile({ field, name: name ?? "", type, bytes }, texts));
      });
      work.catch(fail);
    });
    for (const limit of ["partsLimit", "filesLimit", "fieldsLimit"] as const)
      parser.on(limit, () => fail(new BodyTooLarge()));
    parser.on("error", (cause) =>
      fail(new NodeError("bad-request", "a form that cannot be read", { cause })),
    );
    parser.on("finish", () => work.then(resolve, reject));
    req.on("data", (piece: Buffer) => {
      size += piece.byteLength;
      if (size > o.mostBytes) fail(new BodyTooLarge());
    });
    req.on("aborted", () => fail(new NodeError("bad-request", "the upload broke off")));
    req.on("error", (cause) => fail(new NodeError("bad-request", "the upload broke off", { cause })));
    req.pipe(parser);
  });
  return { texts, files };
}

function parserOf<T>(req: IncomingMessage, o: Options<T>): BusboyInstance {
  const { mostFields } = o;
  const type = req.headers["content-type"] ?? "";
  try {
    return new Busboy({
      headers: { "content-type": type },
      limits: { fieldNameSize: 200, fieldSize: o.mostText, fields: mostFields, files: 16, headerPairs: 50 },
    });
  } catch (cause) {
    throw new NodeError("bad-request", "no form", { cause });
  }
}
