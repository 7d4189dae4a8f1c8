/** Characters, as people count them. */
export const LONGEST_POST = 5_000;
export const LONGEST_WARNING = 200;
/** Of posts by others. */
export const LONGEST_TITLE = 200;
export const LONGEST_FOREIGN_WARNING = 500;
/** People a post may name. */
export const MOST_NAMED = 50;
/** People a post may be for, chosen one by one. */
export const MOST_CHOSEN = 500;
/** What a post said before: that many times. */
export const MOST_REVISIONS = 50;
