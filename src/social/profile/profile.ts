import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { renderText } from "../posts/render.ts";
import { settings } from "../settings/settings.ts";
import { AUTO_SETTING } from "../subscriptions/receive-request.ts";

/** `about`: as typed. `pictureId`, `bannerId`: of a media row, "" for none. `requestsAuto`: whoever asks is let in. */
export type Profile = {
  name: string;
  about: string;
  aboutHtml: string;
  pictureId: string;
  bannerId: string;
  requestsAuto: boolean;
};

/** All of it, as the owner has it; what others get is in card.ts. */
export async function profile(read: ReadClient, me: Identity): Promise<Profile> {
  const keys = ["profile.name", "profile.about", "profile.picture", "profile.banner", AUTO_SETTING];
  const found = await settings(read, keys);
  const about = found.get("profile.about") ?? "";
  return {
    name: found.get("profile.name") ?? me.handle,
    about,
    aboutHtml: renderText(about, []),
    pictureId: found.get("profile.picture") ?? "",
    bannerId: found.get("profile.banner") ?? "",
    requestsAuto: found.get(AUTO_SETTING) === "yes",
  };
}
