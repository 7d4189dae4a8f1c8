/** Milliseconds since 1970. Handed in, so that tests can live through weeks. */
export type Clock = () => number;
