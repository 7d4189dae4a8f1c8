/** A thread of its own in which the database is copied: for seconds nothing else could be answered. */
import "./tor/guard-first.ts";
import { parentPort, workerData } from "node:worker_threads";
import { asNodeError } from "./lib/errors.ts";
import { type CopyOrder, copyDatabase } from "./store/copy-database.ts";
import type { Copied } from "./store/copying.ts";

function copied(): Copied {
  try {
    return { media: copyDatabase(workerData as CopyOrder) };
  } catch (error) {
    const { code, message } = asNodeError(error);
    return { failed: code, message };
  }
}

parentPort?.postMessage(copied());
