import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import express, { type RequestHandler } from "express";
import { expect, test } from "vitest";
import { bodyInTime, endWhenStill } from "../../../src/web/owner/guard.ts";

/** Sends a piece of a body now and then, for ever; resolves with what was answered, once the connection is cut. */
async function trickled(method: string, ...handlers: RequestHandler[]): Promise<string> {
  const app = express();
  app.use(...handlers);
  const server = createServer({ requestTimeout: 0 }, app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  let answer = "";
  const timer = setInterval(() => socket.write("."), 5);
  socket.on("error", () => {});
  socket.on("data", (piece) => {
    answer += piece;
  });
  socket.write(`${method} / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n`);
  await new Promise((resolve) => socket.once("close", resolve));
  clearInterval(timer);
  await new Promise((resolve) => server.close(resolve));
  return answer;
}

const answering: RequestHandler = (_req, res) => {
  res.end("answered");
};

test.each(["GET", "POST"])(
  "E4: a body of a %s that trickles on after the answer is cut off",
  async (method) => {
    const answer = await trickled(
      method,
      bodyInTime(() => false, 100),
      answering,
    );
    expect(answer).toContain("answered");
  },
);

test("E4: a body that nobody answers yet is cut off too", async () => {
  const silent: RequestHandler = (req) => void req.resume();
  expect(
    await trickled(
      "POST",
      bodyInTime(() => false, 100),
      silent,
    ),
  ).toBe("");
});

test("E4: a body that may take its time is cut off once it was answered", async () => {
  const reading: RequestHandler = (req, res) => {
    endWhenStill(req, res, 2_000);
    let read = 0;
    req.on("data", ({ length }: Buffer) => {
      read += length;
      if (read >= 20 && !res.writableEnded) res.end("answered");
    });
  };
  const answer = await trickled(
    "POST",
    bodyInTime(() => true),
    reading,
  );
  expect(answer).toContain("answered");
});
