import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A program in tor's place, for real nodes that are killed: it connects at once, publishes at once, finds every
 * descriptor, and hands each SOCKS connection to the stand-in of the test. It ends with its node. `clockWrong`: it says
 * that the clock is. Returns the path for TSSOP_TOR.
 */
export function relayTor(o: { folder: string; socks: string; clockWrong?: boolean }): string {
  mkdirSync(o.folder, { recursive: true });
  const path = join(o.folder, o.clockWrong === true ? "tor-clock" : "tor");
  const news = o.clockWrong === true ? CLOCK_WRONG : CONNECTED;
  writeFileSync(path, program(o.socks, news));
  chmodSync(path, 0o700);
  return path;
}

const CONNECTED = 'STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY="Done"';
const CLOCK_WRONG = "STATUS_GENERAL WARN CLOCK_SKEW SKEW=-432000 SOURCE=OR:somebody";

/** CommonJS and self-contained: it is started by its own path, as tor is. */
const program = (socks: string, news: string) => `#!${process.execPath}
const fs = require("node:fs"), net = require("node:net");
const torrc = fs.readFileSync(0, "utf8");
const place = (port) => new RegExp("^" + port + ' unix:"(.*?)"', "m").exec(torrc)[1];
const control = net.createServer((socket) => {
  let unread = "";
  const say = (line) => socket.write(line + "\\r\\n");
  socket.on("error", () => {}).on("close", () => process.exit(0));
  socket.setEncoding("utf8").on("data", (text) => {
    const lines = (unread + text).split("\\r\\n");
    unread = lines.pop();
    for (const line of lines) answer(line, say);
  });
});
function answer(line, say) {
  const [word, what = ""] = line.split(" ");
  if (line === "GETINFO version") say("250-version=0.4.9.11");
  if (line === "GETINFO status/bootstrap-phase") say("250-status/bootstrap-phase=");
  if (line === "GETINFO circuit-status") say("250-circuit-status=");
  say("250 OK");
  if (word === "SETEVENTS") say(${JSON.stringify(`650 ${news}`)});
  if (word === "ADD_ONION") say("650 HS_DESC UPLOADED " + onionOf(what) + " UNKNOWN somebody");
  if (word === "HSFETCH") say("650 HS_DESC RECEIVED " + what + " NO_AUTH somebody");
}
/** Of this node, which the test has written beside it. */
const onionOf = () => fs.existsSync(__filename + ".onion") ? fs.readFileSync(__filename + ".onion", "utf8") : "";
const relay = net.createServer((client) => {
  const target = net.connect(${JSON.stringify(socks)});
  client.pipe(target).pipe(client);
  client.on("error", () => {}).on("close", () => target.destroy());
  target.on("error", () => {}).on("close", () => client.destroy());
});
// As tor does with what an earlier life left.
fs.rmSync(place("SocksPort"), { force: true });
relay.listen(place("SocksPort"), () => control.listen(place("ControlPort")));
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(0), 200);
process.on("SIGTERM", () => process.exit(0));
`;
