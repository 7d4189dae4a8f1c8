import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { renderText } from "../posts/render.ts";
import { settings } from "../settings/settings.ts";
import { AUTO_SETTING } from "../subscriptions/receive-request.ts";

/** `about`: as typed. `pictureId`: of a media row, "" for none. `requestsAuto`: whoever asks is let in. */
export type Profile = {
  name: string;
  about: string;
  aboutHtml: string;
  pictureId: string;
  requestsAuto: boolean;
};

export async function profile(read: ReadClient, me: Identity): Promise<Profile> {
  const found = await settings(read, ["profile.name", "profile.about", "profile.picture", AUTO_SETTING]);
  const about = found.get("profile.about") ?? "";
  return {
    name: found.get("profile.name") ?? me.handle,
    about,
    aboutHtml: renderText(about, []),
    pictureId: found.get("profile.picture") ?? "",
    requestsAuto: found.get(AUTO_SETTING) === "yes",
  };
}
