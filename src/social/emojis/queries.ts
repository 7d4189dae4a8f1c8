import type { ReadClient, Tx } from "../../store/tx.ts";

type Read = Pick<ReadClient, "emoji">;

export async function putEmoji(
  tx: Tx,
  emoji: { host: string; shortcode: string; url: string; mediaId: string },
  now: number,
): Promise<void> {
  const { host, shortcode } = emoji;
  await tx.emoji.upsert({
    where: { host_shortcode: { host, shortcode } },
    create: { ...emoji, at: new Date(now) },
    update: { url: emoji.url, mediaId: emoji.mediaId },
  });
}

export async function emojiRow(read: Read, host: string, shortcode: string) {
  return read.emoji.findUnique({ where: { host_shortcode: { host, shortcode } } });
}

export async function emojisOfHost(read: Read, host: string, most: number) {
  return read.emoji.findMany({ where: { host }, orderBy: { shortcode: "asc" }, take: most });
}

export async function countEmojis(read: Read, host: string): Promise<number> {
  return read.emoji.count({ where: { host } });
}

/** Whose pictures are here. */
export async function emojisNamed(read: Read, hosts: string[], shortcodes: string[]) {
  if (hosts.length === 0 || shortcodes.length === 0) return [];
  return read.emoji.findMany({
    where: { host: { in: hosts }, shortcode: { in: shortcodes }, mediaId: { not: "" } },
  });
}

export async function deleteEmoji(tx: Tx, host: string, shortcode: string): Promise<void> {
  await tx.emoji.deleteMany({ where: { host, shortcode } });
}

export async function isEmojiMedia(read: Read, host: string, mediaId: string): Promise<boolean> {
  return mediaId !== "" && (await read.emoji.findFirst({ where: { host, mediaId } })) !== null;
}
