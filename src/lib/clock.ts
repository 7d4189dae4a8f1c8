/** Milliseconds since 1970. Handed in, so that tests can live through weeks. */
export type Clock = () => number;

/** "Never" in a time column of the store. */
export const NEVER = new Date(0);
