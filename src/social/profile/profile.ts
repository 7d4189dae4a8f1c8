import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { renderText } from "../posts/render.ts";
import { setting } from "../settings/settings.ts";
import { AUTO_SETTING } from "../subscriptions/receive-request.ts";

/** `about`: as typed. `pictureId`: of a media row, "" for none. `requestsAuto`: whoever asks is let in. */
export type Profile = { name: string; about: string; aboutHtml: string; pictureId: string; requestsAuto: boolean };

export async function profile(read: ReadClient, me: Identity): Promise<Profile> {
  const about = await setting(read, "profile.about", "");
  return {
    name: await setting(read, "profile.name", me.handle),
    about,
    aboutHtml: renderText(about, []),
    pictureId: await setting(read, "profile.picture", ""),
    requestsAuto: (await setting(read, AUTO_SETTING, "no")) === "yes",
  };
}
