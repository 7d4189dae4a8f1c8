/**
 * Tor's control protocol (control-spec): one line a command, replies in the order of the commands, events (650) between.
 * A reply is lines "250-a", "250+b" followed by data up to ".", and "250 last".
 */
import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import type { Random } from "../lib/ids.ts";

/** `lines` are without the code; a data block is part of its line, after a line feed. */
export type ControlReply = { code: number; lines: string[] };

/** A command was refused. `code` is Tor's, e.g. 550. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

type Waiting = { resolve: (reply: ControlReply) => void; reject: (error: Error) => void; word: string };

export class Control {
  readonly #socket: Socket;
  readonly #waiting: Waiting[] = [];
  readonly #listeners = new Set<(event: string) => void>();
  #unread = "";
  #lines: string[] = [];
  #block: string[] | null = null;
  #closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => this.#read(text));
    socket.on("error", () => this.#end());
    socket.on("close", () => this.#end());
  }

  static open(path: string): Promise<Control> {
    return new Promise((resolve, reject) => {
      const socket = connect({ path });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new Control(socket));
      });
    });
  }

  /** Resolves with a 2xx reply, rejects with ControlError or when the connection ends. */
  send(command: string): Promise<ControlReply> {
    if (/[\r\n\0]/.test(command)) return Promise.reject(new ControlError(0, "a command is one line"));
    if (this.#closed) return Promise.reject(new ControlError(0, "the control connection is closed"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject, word: command.split(" ", 1)[0] ?? "" });
      this.#socket.write(`${command}\r\n`);
    });
  }

  async info(key: string): Promise<string> {
    const reply = await this.send(`GETINFO ${key}`);
    const line = reply.lines.find((candidate) => candidate.startsWith(`${key}=`)) ?? "";
    return line.slice(key.length + 1).replace(/^\n/, "");
  }

  onEvent(listener: (event: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#socket.destroy();
    this.#end();
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0))
      reject(new ControlError(0, "Tor ended the control connection"));
  }

  #read(text: string): void {
    const lines = (this.#unread + text).split("\r\n");
    this.#unread = lines.pop() ?? "";
    for (const line of lines) this.#readLine(line);
  }

  #readLine(line: string): void {
    if (this.#block !== null) {
      if (line !== ".") {
        this.#block.push(line.startsWith("..") ? line.slice(1) : line);
        return;
      }
      this.#lines.push(this.#block.join("\n"));
      this.#block = null;
      return;
    }
    if (line[3] === "+") {
      this.#block = [line];
      return;
    }
    this.#lines.push(line);
    if (line[3] !== "-") this.#finish(Number(line.slice(0, 3)), this.#lines.splice(0));
  }

  #finish(code: number, whole: string[]): void {
    const lines = whole.map((line) => line.slice(4));
    if (code === 650) {
      for (const listener of this.#listeners) listener(lines.join("\n"));
      return;
    }
    const asked = this.#waiting.shift();
    if (asked === undefined) return;
    if (code >= 200 && code < 300) asked.resolve({ code, lines });
    else asked.reject(new ControlError(code, `${asked.word}: ${lines.join(" ")}`));
  }
}

/** HashedControlPassword: RFC 2440's iterated and salted S2K with SHA-1, so that no password or cookie lies on the disk. */
export function hashControlPassword(password: string, random: Random): string {
  const salt = random(8);
  const indicator = 0x60;
  const count = (16 + (indicator & 15)) << ((indicator >> 4) + 6);
  const once = Buffer.concat([salt, Buffer.from(password)]);
  const all = Buffer.alloc(count);
  for (let at = 0; at < count; at += once.length) once.copy(all, at);
  const digest = createHash("sha1").update(all).digest();
  return `16:${Buffer.concat([salt, Buffer.from([indicator]), digest])
    .toString("hex")
    .toUpperCase()}`;
}

/** KEY=value and KEY="quoted value" pairs of an event. */
export function pairsOf(event: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const match of event.matchAll(/(?:^| )([A-Za-z_]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g)) {
    const quoted = match[2]?.replace(/\\(.)/g, "$1");
    if (match[1] !== undefined) pairs.set(match[1], quoted ?? match[3] ?? "");
  }
  return pairs;
}
