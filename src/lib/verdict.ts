/**
 * What became of an incoming activity. Every handler returns one; a filter is not a failure. retry: nothing of it was
 * kept, and the sender is to come again; `after`: seconds, and it is meant so and no mistake here.
 */
export type Verdict = "accepted" | { dropped: string } | { retry: string; after?: number };
