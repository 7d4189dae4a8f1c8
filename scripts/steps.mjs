import { spawn } from "node:child_process";
import { duration, say, sayAgain } from "./say.mjs";

/**
 * A step of a check: a program with arguments, or a function that returns what is wrong ("" when nothing is).
 * @typedef {{ name: string, program?: string, args?: string[], work?: () => Promise<string>, env?: NodeJS.ProcessEnv }} Step
 */

/** Runs the steps, `atOnce` of them together. What a step says is shown only when it fails. True when all went well. */
export async function runSteps(steps, { atOnce, cwd, env }) {
  const waiting = [...steps];
  const running = new Set();
  let good = true;
  const next = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      running.add(step.name);
      sayAgain(`${[...running].join(", ")} …`);
      const began = Date.now();
      const result = await runStep(step, { cwd, env });
      running.delete(step.name);
      say(`${result.good ? "✓" : "✗"} ${step.name} (${duration(Date.now() - began)})`);
      if (!result.good) say(result.said.trimEnd());
      good &&= result.good;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return good;
}

async function runStep(step, { cwd, env }) {
  if (step.work === undefined)
    return await hear(step.program, step.args, { cwd, env: { ...env, ...step.env } });
  try {
    const said = await step.work();
    return { good: said === "", said };
  } catch (error) {
    return { good: false, said: String(error?.message ?? error) };
  }
}

function hear(program, args, options) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.on("error", (error) => resolve({ good: false, said: String(error) }));
    child.on("close", (code) => resolve({ good: code === 0, said }));
  });
}
