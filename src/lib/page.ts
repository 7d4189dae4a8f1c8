/** One page of a list, newest first. Cursors are sort keys; `before` means older than, `after` newer than. */
export type Page = { before?: string; after?: string; limit: number };

/** `older` and `newer` are cursors for the neighbouring pages, null where there is none. */
export type Paged<T> = { items: T[]; older: string | null; newer: string | null };

export const PAGE_SIZE = 20;
export const PAGE_SIZE_MAX = 80;
