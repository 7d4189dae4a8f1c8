import { until } from "../person.ts";

/** Long enough for two devices over Tor on a busy computer, and short enough for a test to say what never came. */
export const patiently = <T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> =>
  until(what, look, 45_000);
