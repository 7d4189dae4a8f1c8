import type { ComponentChildren } from "preact";
import type { Messages } from "../messages/en.ts";
import type { NetworkView } from "../ports.ts";
import { Document, type Language } from "./document.tsx";
import { Icon, Mark } from "./icon.tsx";
import type { SymbolName } from "./symbols.ts";

export type NavName = "home" | "notices" | "people" | "connect" | "profile" | "settings" | "more";

const places: { name: NavName; path: string; icon: SymbolName; place: "" | "deep" | "more" }[] = [
  { name: "home", path: "/", icon: "home", place: "" },
  { name: "notices", path: "/notices", icon: "bell", place: "" },
  { name: "people", path: "/people", icon: "people", place: "" },
  { name: "connect", path: "/connect", icon: "qr", place: "" },
  { name: "profile", path: "/profile", icon: "eye", place: "deep" },
  { name: "settings", path: "/settings", icon: "cog", place: "deep" },
  { name: "more", path: "/more", icon: "more", place: "more" },
];

export type Counts = { notices: number; requests: number };

type AppPageProps = {
  t: Messages;
  lang: Language;
  title: string;
  current?: NavName | undefined;
  network: NetworkView;
  counts: Counts;
  side?: ComponentChildren;
  refresh?: number | undefined;
  children: ComponentChildren;
};

/** The frame of every page of the owner: mark and state of the connection, the five places, the page. */
export function AppPage({ t, lang, title, current, network, counts, side, refresh, children }: AppPageProps) {
  return (
    <Document lang={lang} title={title} bodyClass="app" refresh={refresh}>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <header class="topbar">
        <a class="brand" href="/">
          <Mark />
          TSSOP
        </a>
        <Status t={t} network={network} />
      </header>
      <nav class="nav" aria-label={t.mainNav}>
        <ul>
          {places.map(({ name, path, icon, place }) => (
            <li class={place === "" ? undefined : place}>
              <a href={path} aria-current={name === current ? "page" : undefined}>
                <Icon name={icon} />
                <span>{t.nav[name]}</span>
                <Count t={t} n={name === "notices" ? counts.notices : name === "people" ? counts.requests : 0} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="main" id="main">
        {children}
      </main>
      {side === undefined ? null : side}
    </Document>
  );
}

function Count({ t, n }: { t: Messages; n: number }) {
  if (n === 0) return null;
  return (
    <span class="n">
      {n > 99 ? "99+" : n}
      <span class="vh"> {t.isNew}</span>
    </span>
  );
}

/** True at every moment: "people can reach you" only after the test from outside. */
function Status({ t, network }: { t: Messages; network: NetworkView }) {
  const tone = network.at === "reachable" ? "" : network.at === "failed" ? " off" : " wait";
  const icon: SymbolName = network.at === "reachable" ? "check" : network.at === "failed" ? "offline" : "clock";
  const text = network.at === "connecting" ? t.network.connecting(network.percent) : t.network[network.at];
  return (
    <a class={`status${tone}`} href="/connecting" data-live="network">
      <Icon name={icon} />
      <span>{text}</span>
    </a>
  );
}
