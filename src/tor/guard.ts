/**
 * The leak guard: in this process no name is looked up and no socket opened but through Tor.
 *
 * Imported first (guard-first.ts), so that it is there before anything can keep an unpatched function. What it lets
 * through: unix sockets (Tor's SOCKS and control, our own servers) and the loopback ports that were allowed by name.
 * Everything else ends with the code ELEAK before a packet could leave. It is a net below tor-fetch, not the way out.
 */
type Callable = (...args: unknown[]) => unknown;

const allowedPorts = new Set<number>();
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const LOOK_UP = /^(lookup|lookupService|resolve.*|reverse)$/;
let installed = false;
let prevented = 0;

/** Lets this process connect to a port of its own computer. */
export function allowLoopbackPort(port: number): void {
  allowedPorts.add(port);
}

/** How often something was stopped; anything but 0 is a fault of ours. */
export function leaksPrevented(): number {
  return prevented;
}

/** Idempotent. It cannot be taken out again. */
export function installGuard(): void {
  if (installed) return;
  installed = true;
  guardNames();
  guardStreams();
  guardDatagrams();
  for (const name of ["WebSocket", "WebSocketStream", "EventSource"])
    Reflect.deleteProperty(globalThis, name);
  process.getBuiltinModule("node:module").syncBuiltinESMExports();
}

function leak(what: string): Error & { code: string } {
  prevented += 1;
  return Object.assign(new Error(`${what} was stopped: it would not have gone through Tor`), {
    code: "ELEAK",
  });
}

function functionOf(holder: object, name: string): Callable | null {
  const found: unknown = Reflect.get(holder, name);
  return typeof found === "function" ? (found as Callable) : null;
}

function guardNames(): void {
  const dns = process.getBuiltinModule("node:dns");
  const { isIP } = process.getBuiltinModule("node:net");
  const guardWith = (holder: object, refuse: (what: string, args: unknown[]) => unknown) => {
    for (const name of Object.getOwnPropertyNames(holder).filter((key) => LOOK_UP.test(key))) {
      const original = functionOf(holder, name);
      if (original === null) continue;
      Reflect.set(holder, name, function (this: unknown, ...args: unknown[]) {
        // An address needs no look-up, and listening on "localhost" asks for it here; neither sends anything.
        if (name === "lookup" && args[0] === "localhost") args[0] = "127.0.0.1";
        const local = name === "lookup" && (!args[0] || isIP(String(args[0])) !== 0);
        return local ? original.apply(this, args) : refuse(`dns.${name}`, args);
      });
    }
  };
  const byCallback = (what: string, args: unknown[]) => {
    const callback = args.at(-1);
    const error = leak(what);
    if (typeof callback !== "function") throw error;
    process.nextTick(() => callback(error));
    return undefined;
  };
  const byPromise = (what: string) => Promise.reject(leak(what));
  guardWith(dns, byCallback);
  guardWith(dns.Resolver.prototype, byCallback);
  guardWith(dns.promises, byPromise);
  guardWith(dns.promises.Resolver.prototype, byPromise);
}

/** Where `connect(...)` would go; node:net takes (options), (port, host), (path) and its own normalised array. */
export function targetOf(args: readonly unknown[]): { path: string } | { host: string; port: number } {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === "object" && first !== null) {
    const path: unknown = Reflect.get(first, "path");
    if (typeof path === "string" && path !== "") return { path };
    const host: unknown = Reflect.get(first, "host");
    return { host: host ? String(host) : "localhost", port: Number(Reflect.get(first, "port")) };
  }
  if (typeof first === "string" && !/^\s*\d+\s*$/.test(first)) return { path: first };
  return { host: typeof args[1] === "string" ? args[1] : "localhost", port: Number(first) };
}

function guardStreams(): void {
  const { Socket } = process.getBuiltinModule("node:net");
  const original = functionOf(Socket.prototype, "connect");
  if (original === null) throw new Error("node:net is not as expected");
  Reflect.set(Socket.prototype, "connect", function (this: InstanceType<typeof Socket>, ...args: unknown[]) {
    const target = targetOf(args);
    if ("path" in target || (LOOPBACK.has(target.host) && allowedPorts.has(target.port))) {
      return original.apply(this, args);
    }
    const error = leak("a connection");
    process.nextTick(() => this.destroy(error));
    return this;
  });
}

function guardDatagrams(): void {
  const { Socket } = process.getBuiltinModule("node:dgram");
  for (const name of ["send", "sendto", "connect", "addMembership", "addSourceSpecificMembership"]) {
    if (functionOf(Socket.prototype, name) === null) continue;
    Reflect.set(Socket.prototype, name, () => {
      throw leak("a datagram");
    });
  }
}
