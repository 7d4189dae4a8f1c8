import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser that `npm test` found or installed. */
export function chromiumPath(): string {
  const path = process.env["TSSOP_CHROMIUM"] ?? places.find((place) => existsSync(place));
  if (path === undefined) throw new Error("no Chromium: run the tests by `npm test`, which brings one");
  return path;
}

/** What it asks of its maker by itself: the shape of forms, the time, whether a page may be translated, and so on. */
const QUIET =
  "AutofillServerCommunication,NetworkTimeServiceQuerying,OptimizationHints,MediaRouter,DialMediaRouteProvider,Translate,HttpsUpgrades,PaintHolding,DestroyProfileOnBrowserClose,LensOverlay,AutoDeElevate,RenderDocument,GlobalMediaControls";

const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  // It looks for updates of its parts all the same: then at a place that leads nowhere.
  `--disable-features=${QUIET}`,
  "--component-updater=url-source=http://127.0.0.1:9/",
];

/** An unpacked browser brings libraries of its own. */
function environment(): Record<string, string> {
  const all = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const libraries = process.env["TSSOP_CHROMIUM_LIBRARIES"];
  return { ...Object.fromEntries(all), ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }) };
}

/** A real Chromium without its own chatter to the outside; what our pages ask for is left alone. `more`: switches. */
export function startChromium(more: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...args, ...more], env: environment() });
}

/** The same with a profile on the disk, as people have it. */
export function startChromiumIn(profileFolder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profileFolder, {
    executablePath: chromiumPath(),
    args,
    env: environment(),
  });
}
