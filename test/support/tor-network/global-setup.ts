import type { TestProject } from "vitest/node";
import { startTorNetwork } from "./network.ts";

declare module "vitest" {
  interface ProvidedContext {
    clientTorrc: string[];
  }
}

/** One network for all tests of a run that need one; they get it by `inject("clientTorrc")`. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const network = await startTorNetwork({ tor: process.env["TSSOP_TOR"] ?? "tor" });
  project.provide("clientTorrc", network.clientTorrc);
  return () => network.stop();
}
