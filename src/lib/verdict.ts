/** What became of an incoming activity. Every handler returns one; a filter is not a failure. */
export type Verdict = "accepted" | { dropped: string } | { retry: string };
