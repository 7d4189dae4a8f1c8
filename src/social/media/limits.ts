const MEGABYTE = 1024 * 1024;

/** Files one post can carry; of posts by others so many are kept. */
export const MOST_FILES = 4;
export const MOST_FOREIGN_FILES = 16;
export const LARGEST_PICTURE = 20 * MEGABYTE;
export const LARGEST_FILE = 100 * MEGABYTE;
/** Of a film or a sound, milliseconds. */
export const LONGEST_FILM = 10 * 60_000;
/** Characters of an alternative text. */
export const LONGEST_ALT = 1_500;
export const LONGEST_FILE_NAME = 100;
/** What was added and stands in no post goes after this. */
export const UNUSED_KEPT = 24 * 60 * 60_000;

/** How much of others' files is kept: the oldest goes first. Megabytes. */
export const CACHE_SETTING = "media.cache";
export const CACHE_SIZES = [100, 500, 2_000] as const;
export const CACHE_NORMAL = 500;
export const bytesOfCache = (megabytes: string): number =>
  (CACHE_SIZES.find((size) => String(size) === megabytes) ?? CACHE_NORMAL) * MEGABYTE;
