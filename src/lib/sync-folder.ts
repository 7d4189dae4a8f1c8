import { open } from "node:fs/promises";

/** What was made or renamed in a folder is so after a loss of power too. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await using handle = await open(folder, "r");
  await handle.sync();
}
