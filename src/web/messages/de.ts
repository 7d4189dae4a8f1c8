import { audiencesDe } from "./audiences-de.ts";
import { awayDe } from "./away-de.ts";
import { backupDe } from "./backup-de.ts";
import { blogDe } from "./blog-de.ts";
import { contentDe } from "./content-de.ts";
import { elsewhereDe } from "./elsewhere-de.ts";
import type { Messages } from "./en.ts";
import { filesDe } from "./files-de.ts";
import { friendsDe } from "./friends-de.ts";
import { gateDe } from "./gate-de.ts";
import { gnupgDe } from "./gnupg-de.ts";
import { guestsDe } from "./guests-de.ts";
import { healthDe } from "./health-de.ts";
import { linesDe } from "./lines-de.ts";
import { marksDe } from "./marks-de.ts";
import { messageFilesDe } from "./message-files-de.ts";
import { outsideDe } from "./outside-de.ts";
import { peopleDe } from "./people-de.ts";
import { requestsDe } from "./requests-de.ts";
import { scanDe } from "./scan-de.ts";
import { settingsDe } from "./settings-de.ts";
import { shellDe } from "./shell-de.ts";
import { talkDe } from "./talk-de.ts";
import { threadsDe } from "./threads-de.ts";
import { togetherDe } from "./together-de.ts";
import { wordsDe } from "./words-de.ts";

export const de: Messages = {
  ...shellDe,
  ...gateDe,
  ...settingsDe,
  ...contentDe,
  ...healthDe,
  ...outsideDe,
  ...marksDe,
  ...peopleDe,
  ...blogDe,
  ...requestsDe,
  ...wordsDe,
  ...threadsDe,
  ...filesDe,
  ...awayDe,
  ...friendsDe,
  ...linesDe,
  ...audiencesDe,
  ...guestsDe,
  ...talkDe,
  ...togetherDe,
  ...gnupgDe,
  ...backupDe,
  ...scanDe,
  ...elsewhereDe,
  ...messageFilesDe,
};
