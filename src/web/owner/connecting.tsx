import { Router } from "express";
import { NodeError } from "../../lib/errors.ts";
import { Form } from "../html/form.tsx";
import { GatePage } from "../html/gate-page.tsx";
import { Icon } from "../html/icon.tsx";
import { Moment } from "../html/time.tsx";
import { sentence } from "../messages/messages.ts";
import type { NetworkView } from "../ports.ts";
import { BridgeForm, Progress, Steps, Trouble } from "./connecting-view.tsx";
import type { Kit, Visit } from "./kit.ts";

const ASK_AGAIN = 3;

/** The way to the network: a page of its own while it is being found, a page among the others afterwards. */
export function connectingRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/connecting", (visit) => show(kit, visit));
  kit.post(router, "/connecting", (visit) => act(kit, visit));
  return router;
}

type BridgeTrouble = { lines: string[]; wrong: string } | null;

async function act(kit: Kit, visit: Visit): Promise<void> {
  const { ports } = kit;
  const { t, fields } = visit;
  const wanted = fields.text("do");
  if (wanted === "queue") {
    visit.acting.tryNow();
    visit.go("/connecting", t.connecting.queueTried);
    return;
  }
  if (wanted === "bridges" || wanted === "no-bridges") {
    const lines = wanted === "bridges" ? linesOf(fields.text("bridges")) : [];
    try {
      if (wanted === "bridges" && lines.length === 0) throw new NodeError("bridge-not-understood", "no line");
      await ports.setBridges(lines);
    } catch (thrown) {
      if (!(thrown instanceof NodeError) || thrown.code !== "bridge-not-understood") throw thrown;
      await show(kit, visit, { lines, wrong: sentence(t, thrown) });
      return;
    }
    visit.go("/connecting", wanted === "bridges" ? t.connecting.bridgesSet : t.connecting.bridgesGone);
    return;
  }
  ports.retryNetwork();
  visit.go("/connecting", t.connecting.retried);
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^bridge\s+/i, ""))
    .filter((line) => line !== "")
    .slice(0, 20);
}

async function show(kit: Kit, visit: Visit, bridges: BridgeTrouble = null): Promise<void> {
  const network = kit.ports.network();
  const waiting = network.at !== "reachable" && network.at !== "failed";
  if (waiting && bridges === null) visit.showWhole(<WayPage visit={visit} network={network} />);
  else await visit.show(statePage(kit, visit, network, bridges));
}

type WayProps = { visit: Visit; network: Exclude<NetworkView, { at: "failed" }> };

/** While the way is being found. Nobody has to wait here: reading and writing work meanwhile. */
function WayPage({ visit, network }: WayProps) {
  const { t, lang, token, now } = visit;
  return (
    <GatePage
      t={t}
      lang={lang}
      title={t.connecting.title}
      pane={t.connecting.pane}
      paneSmall={t.connecting.paneSmall}
      refresh={ASK_AGAIN}
      state="open"
    >
      <div>
        <h1>{t.connecting.heading}</h1>
        <p class="lead">{t.connecting.lead}</p>
      </div>
      <div class="vh" role="status" />
      <Progress t={t} network={network} now={now} />
      <div class="row">
        <a class="btn main-do" href="/">
          {t.connecting.goHome}
        </a>
        <a class="btn" href="/settings/profile">
          {t.connecting.fillIn}
        </a>
        <a class="btn" href="/connect">
          <Icon name="qr" />
          {t.connecting.showCode}
        </a>
      </div>
      <details class="fold">
        <summary>{t.connecting.slow}</summary>
        <div class="stack">
          <p>{t.connecting.slowMore}</p>
          <BridgeForm t={t} token={token} lines={[]} />
        </div>
      </details>
    </GatePage>
  );
}

function statePage(kit: Kit, visit: Visit, network: NetworkView, bridges: BridgeTrouble) {
  const { t, token, now } = visit;
  const lines = bridges?.lines ?? kit.ports.bridges();
  const blocked = network.at === "failed" && network.trouble === "blocked";
  return {
    title: t.connecting.title,
    current: "more" as const,
    status: bridges === null ? 200 : 422,
    ...(network.at === "reachable" ? {} : { refresh: 30 }),
    main: (
      <>
        <div class="page-head">
          <h1>{t.connecting.headingDone}</h1>
          {network.at === "failed" ? <p>{t.connecting.keep}</p> : null}
        </div>
        {network.at === "failed" ? (
          <Trouble t={t} trouble={network.trouble} nextTryAt={network.nextTryAt} now={now} token={token} />
        ) : network.at === "reachable" ? (
          <Reachable visit={visit} testedAt={network.testedAt} />
        ) : (
          <Progress t={t} network={network} now={now} />
        )}
        <section class="card stack tight" aria-labelledby="queue">
          <h2 id="queue">{t.connecting.queue}</h2>
          <p class="muted">{t.connecting.queueText}</p>
          <Form action="/connecting" token={token}>
            <button class="btn" type="submit" name="do" value="queue">
              {t.connecting.queueGo}
            </button>
          </Form>
        </section>
        {blocked && bridges === null ? null : (
          <section class="card stack tight" aria-labelledby="bridges-title">
            <h2 id="bridges-title">{t.connecting.bridges}</h2>
            <p class="muted">
              {lines.length === 0 || bridges !== null
                ? t.connecting.bridgesOff
                : t.connecting.bridgesOn(lines.length)}
            </p>
            <details class="fold" open={bridges !== null}>
              <summary>{lines.length === 0 ? t.connecting.bridgeUse : t.connecting.bridgeChange}</summary>
              <BridgeForm
                t={t}
                token={token}
                lines={lines}
                {...(bridges === null ? {} : { wrong: bridges.wrong })}
              />
            </details>
          </section>
        )}
      </>
    ),
  };
}

/** Said only here, and only after our own page was seen from outside. */
function Reachable({ visit, testedAt }: { visit: Visit; testedAt: number }) {
  const { t, now, token } = visit;
  const [before = "", after = ""] = t.connecting.seen("…").split("…");
  return (
    <section class="card roomy stack" aria-labelledby="state" data-region="state" data-when="network">
      <div class="who-line">
        <Icon name="check" big />
        <div>
          <h2 class="bigstate" id="state">
            {t.network.reachable}
          </h2>
          <p class="muted">
            {before}
            <Moment t={t} at={testedAt} now={now} />
            {after}
          </p>
        </div>
      </div>
      <Steps t={t} network={{ at: "reachable", since: testedAt, testedAt }} />
      <Form action="/connecting" token={token} class="row">
        <button class="btn" type="submit" name="do" value="retry">
          <Icon name="again" />
          {t.connecting.again}
        </button>
        <a class="btn" href="/">
          {t.connecting.goHome}
        </a>
      </Form>
    </section>
  );
}
