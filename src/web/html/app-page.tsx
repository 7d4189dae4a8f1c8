import type { ComponentChildren } from "preact";
import type { Messages } from "../messages/en.ts";
import type { NetworkView } from "../ports.ts";
import { Document, type Language } from "./document.tsx";
import { Icon, Mark } from "./icon.tsx";
import { networkWords } from "./network-words.ts";
import type { SymbolName } from "./symbols.ts";

export type NavName =
  | "home"
  | "messages"
  | "notices"
  | "people"
  | "connect"
  | "profile"
  | "settings"
  | "more";

type Place = { name: NavName; path: string; icon: SymbolName; place: "" | "deep" | "more" };

/** "deep" ones are in the rail and the menu; on small screens they are behind "more". */
const places: Place[] = [
  { name: "home", path: "/", icon: "home", place: "" },
  { name: "messages", path: "/messages", icon: "message", place: "" },
  { name: "notices", path: "/notices", icon: "bell", place: "" },
  { name: "people", path: "/people", icon: "people", place: "" },
  { name: "connect", path: "/connect", icon: "qr", place: "deep" },
  { name: "profile", path: "/profile", icon: "eye", place: "deep" },
  { name: "settings", path: "/settings", icon: "cog", place: "deep" },
  { name: "more", path: "/more", icon: "more", place: "more" },
];

export type Counts = { notices: number; requests: number; messages: number };

/** What every page of the owner shows around itself. `said`: what became of the last form, shown once. */
export type Frame = {
  t: Messages;
  lang: Language;
  network: NetworkView;
  counts: Counts;
  said: string | null;
};

type AppPageProps = Frame & {
  title: string;
  current?: NavName | undefined;
  side?: ComponentChildren;
  refresh?: number | undefined;
  /** Two columns beside each other. */
  wide?: boolean | undefined;
  children: ComponentChildren;
};

/** The frame of every page of the owner: mark and state of the connection, the places, the page. */
export function AppPage(props: AppPageProps) {
  const { t, lang, title, current, network, counts, said, side, refresh, wide, children } = props;
  return (
    <Document
      lang={lang}
      title={title}
      bodyClass={wide === true ? "app duo" : "app"}
      refresh={refresh}
      state="open"
      also={current === undefined ? undefined : own[current]}
    >
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
      <nav class="nav" aria-label={t.mainNav} data-region="nav" data-when="notices people messages">
        <ul>
          {places.map((place) => (
            <NavItem t={t} place={place} current={current} counts={counts} />
          ))}
        </ul>
      </nav>
      <main class={wide === true ? "main wide" : "main"} id="main">
        <div class="said" role="status">
          {said === null ? null : (
            <p class="note">
              <Icon name="check" />
              <span>{said}</span>
            </p>
          )}
        </div>
        {children}
      </main>
      {side === undefined ? null : (
        <aside class="side stack" aria-label={t.aside}>
          {side}
        </aside>
      )}
    </Document>
  );
}

function countAt(name: NavName, counts: Counts): number {
  if (name === "people") return counts.requests;
  return name === "notices" || name === "messages" ? counts[name] : 0;
}

/** What only some places have. */
const own: Partial<Record<NavName, { sheet?: string; scripts: string[] }>> = {
  messages: { sheet: "messages", scripts: ["talking", "recording"] },
  connect: { scripts: ["scanning"] },
};

type NavItemProps = { t: Messages; place: Place; current: NavName | undefined; counts: Counts };

function NavItem({ t, place, current, counts }: NavItemProps) {
  const { name, path, icon } = place;
  const n = countAt(name, counts);
  return (
    <li class={place.place === "" ? undefined : place.place}>
      <a href={path} aria-current={name === current ? "page" : undefined}>
        <Icon name={icon} />
        <span>{t.nav[name]}</span>
        {n === 0 ? null : (
          <span class="n">
            {n > 99 ? "99+" : n}
            <span class="vh"> {t.isNew}</span>
          </span>
        )}
      </a>
    </li>
  );
}

/** True at every moment: "people can reach you" only after the test from outside. */
function Status({ t, network }: { t: Messages; network: NetworkView }) {
  const tone = network.at === "reachable" ? "" : network.at === "failed" ? " off" : " wait";
  const icon: SymbolName =
    network.at === "reachable" ? "check" : network.at === "failed" ? "offline" : "clock";
  return (
    <a class={`status${tone}`} href="/connecting" data-region="status" data-when="network">
      <Icon name={icon} />
      <span>{networkWords(t, network)}</span>
    </a>
  );
}
