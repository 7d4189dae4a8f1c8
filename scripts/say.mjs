/**
 * Progress of the set-up, for the person who waits. It goes to standard error, because standard output belongs to
 * the program that is started afterwards (`--json` must print nothing else there).
 */
const terminal = process.stderr.isTTY === true;
let lineOpen = false;

/** A finished line. */
export function say(line) {
  endLine();
  process.stderr.write(`${line}\n`);
}

/** A line that the next one overwrites. Where nobody watches a terminal, it is left out. */
export function sayAgain(line) {
  if (!terminal) return;
  const width = (process.stderr.columns ?? 80) - 1;
  process.stderr.write(`\r\u001b[K${line.slice(0, width)}`);
  lineOpen = true;
}

function endLine() {
  if (lineOpen) process.stderr.write("\r\u001b[K");
  lineOpen = false;
}

/** "0.8 s", "2 min 5 s" */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Something that went wrong and that a person can do something about: told without a stack. */
export class Sentence extends Error {}

/** Runs a launcher; a failure is told in a sentence, and the exit code is never 0 then. */
export async function launch(main) {
  try {
    await main();
  } catch (error) {
    say(error instanceof Sentence ? error.message : String(error?.stack ?? error));
    process.exitCode = process.exitCode || 1;
  }
}
