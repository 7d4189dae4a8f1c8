/** Leaves and questions for one post by one person; more is no conversation. */
export const MOST_BY_PERSON = 20;
/** Questions that wait for the owner's answer, of one post. */
export const MOST_ASKED = 200;
/** Leaves, questions and refusals of one post for people the owner has nothing to do with; for others twice as many. */
export const MOST_OF_POST = 1_000;
