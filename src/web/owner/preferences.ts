import { changeSetting, setting } from "../../social/settings/settings.ts";
import type { Language } from "../html/document.tsx";
import { isLanguage } from "../messages/messages.ts";
import type { OwnerActing } from "../ports.ts";

/** How the owner wants the pages. `idleMinutes`: 0 means they are never locked by themselves. */
export type Preferences = { language: Language; idleMinutes: number };

export const IDLE_CHOICES = [5, 15, 30, 60, 240, 0] as const;
const IDLE_UNLESS_CHOSEN = 30;

export async function readPreferences(acting: Pick<OwnerActing, "read">): Promise<Preferences> {
  const language = await setting(acting.read, "language", "en");
  const idle = Number(await setting(acting.read, "lock.idleMinutes", String(IDLE_UNLESS_CHOSEN)));
  return {
    language: isLanguage(language) ? language : "en",
    idleMinutes: IDLE_CHOICES.find((one) => one === idle) ?? IDLE_UNLESS_CHOSEN,
  };
}

export async function changePreferences(acting: OwnerActing, change: Partial<Preferences>): Promise<void> {
  await acting.transact(async (tx) => {
    if (change.language !== undefined) await changeSetting(tx, "language", change.language);
    if (change.idleMinutes !== undefined) {
      await changeSetting(tx, "lock.idleMinutes", String(change.idleMinutes));
    }
  });
}

/** How long a browser may be silent. */
export function idleMsOf({ idleMinutes }: Preferences): number {
  return idleMinutes === 0 ? Number.POSITIVE_INFINITY : idleMinutes * 60_000;
}
