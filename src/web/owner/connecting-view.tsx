import { Form } from "../html/form.tsx";
import { Icon } from "../html/icon.tsx";
import type { SymbolName } from "../html/symbols.ts";
import { dayAndTime, soon } from "../html/time.tsx";
import type { Messages } from "../messages/en.ts";
import type { NetworkTrouble, NetworkView } from "../ports.ts";

type Going = Exclude<NetworkView, { at: "failed" }>;
type StepState = "done" | "now" | "then";

/** How many of the four steps are behind us. "reachable" is said only after the test from outside. */
const stepsDone: Record<Going["at"], number> = {
  off: 0,
  connecting: 1,
  connected: 2,
  published: 3,
  reachable: 4,
};

type ProgressProps = { t: Messages; network: Going; now: number };

/** Named stages, each honest: done, now, or still to come. */
export function Progress({ t, network, now }: ProgressProps) {
  if (network.at === "reachable") return <Steps t={t} network={network} />;
  return (
    <div class="card roomy stack" data-region="progress" data-when="network">
      <div class="row ends">
        <b data-say>{t.connecting.now[network.at]}</b>
        <span class="muted">
          {network.at === "connecting" ? `${t.connecting.percent(percentOf(network))}, ` : null}
          <SoFar t={t} network={network} now={now} />
        </span>
      </div>
      <progress max={100} value={percentOf(network)} aria-label={t.connecting.progress}>
        {t.connecting.percent(percentOf(network))}
      </progress>
      <Steps t={t} network={network} />
    </div>
  );
}

function SoFar({ t, network, now }: ProgressProps) {
  if (network.at === "off") return null;
  const seconds = Math.max(0, Math.round((now - network.since) / 1000));
  const [before = "", after = ""] = t.connecting.soFar("…").split("…");
  return (
    <>
      {before}
      <span data-since={network.since}>{seconds}</span>
      {after}
    </>
  );
}

/** Tor's own percent first; announcing and the test are the last tenth. */
function percentOf(network: Going): number {
  if (network.at === "connecting") return Math.min(network.percent, 90);
  return { off: 0, connected: 93, published: 96, reachable: 100 }[network.at];
}

export function Steps({ t, network }: { t: Messages; network: Going }) {
  const { step } = t.connecting;
  const done = stepsDone[network.at];
  const stage = network.at === "connecting" ? stageWords(t, network.stage) : "";
  return (
    <ol class="steps">
      <Step n={1} done={done} name={[step.tor, t.connecting.now.off]} hint={step.torHint} />
      <Step n={2} done={done} name={[step.network, step.networkNow]} hint={stage} />
      <Step n={3} done={done} name={[step.announce, step.announceNow]} hint={step.announceHint} />
      <Step n={4} done={done} name={[step.test, step.testNow]} hint={step.testHint} />
    </ol>
  );
}

function Step({ n, done, name, hint }: { n: number; done: number; name: [string, string]; hint: string }) {
  const state: StepState = n <= done ? "done" : n === done + 1 ? "now" : "then";
  return (
    <li class={state === "then" ? undefined : state} aria-current={state === "now" ? "step" : undefined}>
      <span class="dot">{state === "done" ? <Icon name="check" /> : n}</span>
      <div>
        <b>{state === "done" ? name[0] : name[1]}</b>
        {hint === "" || (state === "done" && n > 1) ? null : <span class="hint">{hint}</span>}
      </div>
    </li>
  );
}

/** Tor's tags (control-spec, bootstrap phases) in a person's words. */
function stageWords(t: Messages, tag: string): string {
  const { stage } = t.connecting;
  if (tag.startsWith("conn")) return stage.conn;
  if (tag.includes("handshake")) return stage.handshake;
  if (/dir|descriptors|consensus|status|keys|enough/.test(tag)) return stage.directory;
  if (/circuit|ap_|done/.test(tag)) return stage.circuit;
  return stage.starting;
}

const troubleIcon: Record<NetworkTrouble, SymbolName> = {
  "tor-missing": "file",
  "tor-too-old": "file",
  "no-network": "offline",
  "clock-wrong": "clock",
  blocked: "stop",
  "tor-died": "again",
  "publish-refused": "door",
  "not-reachable-yet": "door",
};

type TroubleProps = { t: Messages; trouble: NetworkTrouble; nextTryAt: number; now: number; token: string };

/** One case, its sentence, and the next step on the same page. */
export function Trouble({ t, trouble, nextTryAt, now, token }: TroubleProps) {
  const { heading, text } = t.trouble[trouble];
  const button =
    trouble === "clock-wrong"
      ? t.connecting.clockSet
      : trouble === "not-reachable-yet"
        ? t.connecting.again
        : t.connecting.tryNow;
  return (
    <section class="card roomy stack" aria-labelledby="trouble" data-region="trouble" data-when="network">
      <div class="who-line start off">
        <Icon name={troubleIcon[trouble]} big />
        <div class="stack tight">
          <h2 id="trouble">{heading}</h2>
          <p>{text}</p>
          {trouble === "clock-wrong" ? <p>{t.connecting.clockNow(dayAndTime(t, now))}</p> : null}
          {nextTryAt > now ? <p class="muted">{t.connecting.nextTry(soon(t, nextTryAt, now))}</p> : null}
        </div>
      </div>
      {trouble === "blocked" ? <BridgeForm t={t} token={token} lines={[]} main /> : null}
      <Form action="/connecting" token={token} class="row">
        <button class={`btn${trouble === "blocked" ? "" : " main-do"}`} type="submit" name="do" value="retry">
          <Icon name="again" />
          {button}
        </button>
      </Form>
    </section>
  );
}

type BridgeProps = { t: Messages; token: string; lines: string[]; main?: boolean; wrong?: string };

export function BridgeForm({ t, token, lines, main = false, wrong }: BridgeProps) {
  const described = wrong === undefined ? "bridges-h" : "bridges-e bridges-h";
  return (
    <Form action="/connecting" token={token} class="stack tight">
      <div class={wrong === undefined ? "field" : "field bad"}>
        <label for="bridges">{t.connecting.bridgeLabel}</label>
        <textarea
          id="bridges"
          name="bridges"
          rows={2}
          class="mono"
          spellcheck={false}
          autocapitalize="none"
          autocomplete="off"
          placeholder="192.0.2.7:443 4352E584…"
          aria-describedby={described}
          aria-invalid={wrong === undefined ? undefined : "true"}
        >
          {lines.join("\n")}
        </textarea>
        {wrong === undefined ? null : (
          <p class="why" id="bridges-e">
            <Icon name="warn" />
            <span>{wrong}</span>
          </p>
        )}
        <p class="hint" id="bridges-h">
          {t.connecting.bridgeHint}
        </p>
      </div>
      <div class="row">
        <button class={`btn${main ? " main-do" : ""}`} type="submit" name="do" value="bridges">
          {t.connecting.useBridge}
        </button>
        {lines.length === 0 ? null : (
          <button class="btn" type="submit" name="do" value="no-bridges" formnovalidate>
            {t.connecting.noBridge}
          </button>
        )}
      </div>
    </Form>
  );
}
