/** The test projects, and what they count. A project that ran no test, or left one out, has failed. */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/** Tests that may be left out, by full name. There are none. */
const mayBeSkipped = [];

/** What vitest is called with for one project, and where it writes its count. */
export function vitestArguments(root, project) {
  const report = join(root, "test-results", `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", project, ...reporters];
  return { args, report };
}

export async function forgetReport(report) {
  await mkdir(join(report, ".."), { recursive: true });
  await rm(report, { force: true });
}

/** @returns {Promise<{ passed: number, failed: number, wrong: string }>} wrong: "" or a sentence */
export async function readReport(project, report) {
  const nothing = { passed: 0, failed: 1 };
  let result;
  try {
    result = JSON.parse(await readFile(report, "utf8"));
  } catch {
    return { ...nothing, wrong: `The ${project} tests ended without a count.` };
  }
  const tests = result.testResults.flatMap((file) => file.assertionResults);
  const count = (status) => tests.filter((test) => test.status === status).length;
  const brokenFiles = result.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
  );
  const leftOut = tests
    .filter((test) => test.status !== "passed" && test.status !== "failed")
    .filter((test) => !mayBeSkipped.includes(test.fullName));
  const failed = count("failed") + brokenFiles.length;
  if (leftOut.length > 0) {
    const names = leftOut.map((test) => `  ${test.fullName}`).join("\n");
    return {
      passed: count("passed"),
      failed: failed + leftOut.length,
      wrong: `Tests were left out:\n${names}`,
    };
  }
  if (tests.length === 0 && failed === 0) return { ...nothing, wrong: `The ${project} tests ran no test.` };
  return {
    passed: count("passed"),
    failed,
    wrong: failed === 0 ? "" : `${failed} of the ${project} tests failed.`,
  };
}

/**
 * Every test that a run reports, by file. Those that were left out by name are not among them.
 * @returns {Promise<{ path: string, broken: boolean, tests: object[] }[]>} broken: failed outside of its tests
 */
export async function readTests(report) {
  const { testResults } = await readFile(report, "utf8").then(JSON.parse, () => ({ testResults: [] }));
  return testResults.map(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === "passed" || test.status === "failed");
    const broken = status === "failed" && tests.every((test) => test.status !== "failed");
    return { path: name, broken, tests };
  });
}
