import { Router } from "express";
import type { Kit } from "../kit.ts";
import { appRoutes } from "./apps.tsx";
import { awayRoutes } from "./away.tsx";
import { backupRoutes } from "./backup.tsx";
import { choiceRoutes } from "./choices.tsx";
import { defaultRoutes } from "./defaults.tsx";
import { emojiRoutes } from "./emojis.tsx";
import { gnupgRoutes } from "./gnupg.tsx";
import { healthRoutes } from "./health.tsx";
import { messageSettingRoutes } from "./messages.tsx";
import { movingRoutes } from "./moving.tsx";
import { outsideRoutes } from "./outside.tsx";
import { showOverview } from "./overview.tsx";
import { passphraseRoutes } from "./passphrase.tsx";
import { profileRoutes } from "./profile.tsx";
import { reportsRoutes } from "./reports.tsx";
import { wordRoutes } from "./words.tsx";

export function settingsRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/settings", (visit) => showOverview(kit, visit));
  profileRoutes(kit, router);
  choiceRoutes(kit, router);
  defaultRoutes(kit, router);
  passphraseRoutes(kit, router);
  backupRoutes(kit, router);
  appRoutes(kit, router);
  emojiRoutes(kit, router);
  healthRoutes(kit, router);
  outsideRoutes(kit, router);
  awayRoutes(kit, router);
  messageSettingRoutes(kit, router);
  gnupgRoutes(kit, router);
  wordRoutes(kit, router);
  movingRoutes(kit, router);
  reportsRoutes(kit, router);
  return router;
}
