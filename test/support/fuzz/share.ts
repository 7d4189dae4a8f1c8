/** A share of the fuzzing in a process of its own: what ends it would have ended a node. */
import { fuzz } from "./fuzz.ts";

const [runs, seed] = process.argv.slice(2).map(Number);
process.stdout.write(JSON.stringify(await fuzz({ runs: runs ?? 0, seed: seed ?? 0 })));
