import { isIP } from "node:net";

/** Never a public server, whatever the owner allowed. */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|arpa|test|invalid|onion)$/;

/** A name that a server outside the onion network can have: no address of numbers, and nothing of a local network. */
export function isPublicName(host: string): boolean {
  const named = isIP(host.replace(/^\[|\]$/g, "")) === 0 && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host);
  return named && host.length <= 253 && !LOCAL_NAME.test(host);
}
