/** Characters, as people count them. */
export const LONGEST_POST = 5_000;
export const LONGEST_WARNING = 200;
/** People a post may name. */
export const MOST_NAMED = 50;
