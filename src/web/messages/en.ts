import { audiencesEn } from "./audiences-en.ts";
import { awayEn } from "./away-en.ts";
import { backupEn } from "./backup-en.ts";
import { blogEn } from "./blog-en.ts";
import { contentEn } from "./content-en.ts";
import { elsewhereEn } from "./elsewhere-en.ts";
import { filesEn } from "./files-en.ts";
import { friendsEn } from "./friends-en.ts";
import { gateEn } from "./gate-en.ts";
import { gnupgEn } from "./gnupg-en.ts";
import { guestsEn } from "./guests-en.ts";
import { healthEn } from "./health-en.ts";
import { linesEn } from "./lines-en.ts";
import { marksEn } from "./marks-en.ts";
import { messageFilesEn } from "./message-files-en.ts";
import { outsideEn } from "./outside-en.ts";
import { peopleEn } from "./people-en.ts";
import { requestsEn } from "./requests-en.ts";
import { scanEn } from "./scan-en.ts";
import { settingsEn } from "./settings-en.ts";
import { shellEn } from "./shell-en.ts";
import { talkEn } from "./talk-en.ts";
import { threadsEn } from "./threads-en.ts";
import { togetherEn } from "./together-en.ts";
import { wordsEn } from "./words-en.ts";

/** What the pages say. German has the same shape, so a missing sentence does not compile. */
export const en = {
  ...shellEn,
  ...gateEn,
  ...settingsEn,
  ...contentEn,
  ...healthEn,
  ...outsideEn,
  ...marksEn,
  ...peopleEn,
  ...blogEn,
  ...requestsEn,
  ...wordsEn,
  ...threadsEn,
  ...filesEn,
  ...awayEn,
  ...friendsEn,
  ...linesEn,
  ...audiencesEn,
  ...guestsEn,
  ...talkEn,
  ...togetherEn,
  ...gnupgEn,
  ...backupEn,
  ...scanEn,
  ...elsewhereEn,
  ...messageFilesEn,
};

export type Messages = typeof en;
