import type { Profiler } from "node:inspector";
import { Session } from "node:inspector/promises";
import { type Extra, figure } from "./report.ts";

/** Where the main thread's time goes while some work runs: by package, and by function. */
export async function profiled(title: string, work: () => Promise<void>): Promise<Extra[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  await work();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return tables(title, profile);
}

type Node = Profiler.ProfileNode;

const MOST = 15;

function tables(title: string, profile: Profiler.Profile): Extra[] {
  const times = selfTimes(profile);
  const parents = parentsOf(profile.nodes);
  const owners = ownersOf(profile.nodes, parents);
  const byOwner = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let all = 0;
  for (const node of profile.nodes) {
    const { functionName, url } = node.callFrame;
    const time = times.get(node.id) ?? 0;
    if (time === 0 || functionName === "(idle)" || url === "node:inspector") continue;
    all += time;
    const owner = owners.get(node.id) ?? "";
    byOwner.set(owner, (byOwner.get(owner) ?? 0) + time);
    const name = nameOf(node, parents);
    byFunction.set(name, (byFunction.get(name) ?? 0) + time);
  }
  const lines = (map: Map<string, number>) =>
    [...map]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, MOST)
      .map(([name, time]) => [`\`${name}\``, `${figure((time / all) * 100)} %`]);
  return [
    { title: `${title}: main thread, by package`, head: ["Package", "Share"], lines: lines(byOwner) },
    { title: `${title}: main thread, by function`, head: ["Function", "Share"], lines: lines(byFunction) },
  ];
}

function selfTimes({ samples = [], timeDeltas = [] }: Profiler.Profile): Map<number, number> {
  const times = new Map<number, number>();
  samples.forEach((id, at) => {
    times.set(id, (times.get(id) ?? 0) + (timeDeltas[at] ?? 0));
  });
  return times;
}

type Parents = Map<number, Node>;

function parentsOf(nodes: Node[]): Parents {
  return new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
}

/** What is native has no place of its own: it counts for whoever called it. */
function ownersOf(nodes: Node[], parents: Parents): Map<number, string> {
  const owner = (node: Node): string => {
    const { url, functionName } = node.callFrame;
    if (functionName.startsWith("(") && functionName !== "(root)") return functionName;
    const own = packageOf(url);
    if (own !== "") return own;
    const parent = parents.get(node.id);
    return parent === undefined ? "(root)" : owner(parent);
  };
  return new Map(nodes.map((node) => [node.id, owner(node)]));
}

function packageOf(url: string): string {
  if (url === "") return "";
  if (url.startsWith("node:")) return "Node itself";
  const package_ = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(url)?.[1];
  if (package_ !== undefined) return package_;
  return /\/((?:src|test|bench)\/[^/]+)/.exec(url)?.[1] ?? "others";
}

function nameOf(node: Node, parents: Parents): string {
  const { functionName, url } = node.callFrame;
  if (functionName.startsWith("(")) return functionName;
  const name = functionName || "without a name";
  if (url !== "") return `${name}, ${placeOf(node)}`;
  const caller = parents.get(node.id);
  return caller === undefined ? name : `native ${name}, called by ${nameOf(caller, parents)}`;
}

function placeOf({ callFrame: { url, lineNumber } }: Node): string {
  const short = /\/((?:node_modules|src|test|bench)\/(?!.*node_modules).*)$/
    .exec(url)?.[1]
    ?.replace("node_modules/", "");
  if (short === undefined) return url;
  return `${short.replace(/-[\w-]{8}(\.\w+)$/, "$1")}:${lineNumber + 1}`;
}
