import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * Five kinds of test, from the quickest to the most real; `npm run check` runs unit and node, `npm test` all of them.
 * The sixth kills and starves nodes for an hour: only `npm run crash` runs it.
 */
const network = ["test/support/tor-network/global-setup.ts"];

const project = (name: string, extra: object) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`], ...extra },
});

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    pool: "forks",
    // What is waited for comes when it comes; its own second would be a bet on the machine.
    expect: { poll: { timeout: 60_000 } },
    // Each file has a process and stores of its own. Of two cores vitest would leave one to itself, which hardly needs it.
    maxWorkers: availableParallelism(),
    projects: [
      project("unit", { testTimeout: 30_000 }),
      project("node", { testTimeout: 60_000, hookTimeout: 60_000 }),
      project("network", { testTimeout: 120_000, hookTimeout: 120_000 }),
      project("tor", {
        globalSetup: network,
        testTimeout: 300_000,
        hookTimeout: 300_000,
        fileParallelism: false,
      }),
      project("browser", {
        globalSetup: network,
        testTimeout: 300_000,
        hookTimeout: 300_000,
        fileParallelism: false,
      }),
      project("crash", { testTimeout: 3 * 60 * 60_000, hookTimeout: 300_000, fileParallelism: false }),
    ],
  },
});
