import type { Addresses } from "./addresses.ts";

/** NodeInfo 2.1 without a single count: how many and how much is nobody's business (FEP-f1d5, FEP-0151). */
export function nodeInfo(version: string): Response {
  return json('application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.1#"', {
    version: "2.1",
    software: { name: "tssop", version },
    protocols: ["activitypub"],
    services: { inbound: [], outbound: [] },
    openRegistrations: false,
    usage: { users: {} },
    metadata: {},
  });
}

export function nodeInfoLinks(at: Addresses): Response {
  const rel = "http://nodeinfo.diaspora.software/ns/schema/2.1";
  return json("application/json", { links: [{ rel, href: `${at.origin}/nodeinfo/2.1` }] });
}

/** RFC 6415; some servers look here for where WebFinger is. The template says http, as all of an onion does. */
export function hostMeta(at: Addresses): Response {
  const template = `${at.origin}/.well-known/webfinger?resource={uri}`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
  <Link rel="lrdd" type="application/jrd+json" template="${template}"/>
</XRD>
`;
  return new Response(body, { headers: { "Content-Type": "application/xrd+xml; charset=utf-8" } });
}

function json(type: string, body: unknown): Response {
  return new Response(JSON.stringify(body), { headers: { "Content-Type": type } });
}
