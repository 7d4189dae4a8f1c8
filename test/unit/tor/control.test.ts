import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Control, hashControlPassword, pairsOf } from "../../../src/tor/control.ts";

let folder: string;
let control: Control;
let tor: Socket;
const heard: string[] = [];
const server = createServer((socket) => {
  tor = socket;
  socket.setEncoding("utf8").on("data", (text: string) => heard.push(text));
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "control-"));
  const path = join(folder, "c.sock");
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const met = new Promise((resolve) => server.once("connection", resolve));
  control = await Control.open(path);
  await met;
});
afterEach(async () => {
  control.close();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

test("replies find their commands though events come between, in pieces", async () => {
  const events: string[] = [];
  control.onEvent((event) => events.push(event));
  const version = control.info("version");
  const refused = control.send("ADD_ONION x");
  const list = control.info("circuit-status");
  for (const piece of ["250-versi", "on=0.4.9.11\r\n250 OK\r", "\n650 NETWORK_LIVENESS UP\r\n550 no\r\n"])
    tor.write(piece);
  tor.write("250+circuit-status=\r\n1 BUILT\r\n..2 BUILT\r\n.\r\n250 OK\r\n");
  expect(await version).toBe("0.4.9.11");
  await expect(refused).rejects.toMatchObject({ code: 550 });
  expect(await list).toBe("1 BUILT\n.2 BUILT");
  expect(events).toEqual(["NETWORK_LIVENESS UP"]);
});

test("a command never becomes two", async () => {
  heard.length = 0;
  await expect(control.send("GETINFO version\r\nSIGNAL HALT")).rejects.toMatchObject({ code: 0 });
  expect(heard).toEqual([]);
});

test("what waits for an answer is told when Tor goes", async () => {
  const asked = control.send("GETINFO version");
  tor.destroy();
  await expect(asked).rejects.toMatchObject({ code: 0 });
  await expect(control.send("GETINFO version")).rejects.toMatchObject({ code: 0 });
});

test("the password goes to Tor as a salted hash in its own form", () => {
  const salt = Buffer.from("0102030405060708", "hex");
  expect(hashControlPassword("test", () => salt)).toMatch(/^16:010203040506070860[0-9A-F]{40}$/);
});

test("quoted values of events are read whole", () => {
  const pairs = pairsOf('STATUS_CLIENT WARN BOOTSTRAP WARNING="No \\"route\\" A=b" REASON=NOROUTE');
  expect(pairs.get("WARNING")).toBe('No "route" A=b');
  expect(pairs.get("REASON")).toBe("NOROUTE");
  expect(pairs.get("A")).toBeUndefined();
});
