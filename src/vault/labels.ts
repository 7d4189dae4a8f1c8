/** Every key that is derived from the master key, by name. A label never changes its meaning. */
export const LABELS = {
  database: "tssop/v1/database",
  media: "tssop/v1/media",
  torState: "tssop/v1/tor-state",
} as const;

export type KeyLabel = keyof typeof LABELS;
