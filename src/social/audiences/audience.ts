/** A circle of people that the owner made. `count`: of everybody in it. */
export type AudienceView = { id: string; name: string; count: number };

export const LONGEST_AUDIENCE = 60;
export const MOST_AUDIENCES = 200;
/** People that are put in at one time. */
export const MOST_PUT_IN = 2_000;
