import { randomUUID } from "node:crypto";
import type { Fediverse } from "../../test/support/federated.ts";
import type { Peer } from "../../test/support/peer.ts";

/** One of many who write: an actor with an address and a key document of their own, on a host with others. */
export type Author = { uri: string; keyId: string; peer: Peer };

const AS = "https://www.w3.org/ns/activitystreams";

/** Actors spread over hosts. Those of one host share a key pair, for making a thousand would take minutes. */
export function createCrowd(
  fediverse: Fediverse,
  o: { name: string; actors: number; hosts: number },
): Author[] {
  const { name, actors, hosts } = o;
  const peers = Array.from({ length: hosts }, (_, n) => fediverse.peer(`${name}${n}.example`, "first"));
  return Array.from({ length: actors }, (_, n) => {
    const peer = peers[n % hosts];
    if (peer === undefined) throw new Error("a crowd needs a host");
    const path = `/users/actor${n}`;
    const first = JSON.stringify(peer.documents.get("/users/first"));
    const document = JSON.parse(first.replaceAll("/users/first", path).replaceAll('"first"', `"actor${n}"`));
    peer.documents.set(path, document);
    const uri = peer.origin + path;
    return { uri, keyId: `${uri}#main-key`, peer };
  });
}

/** A post for everyone that mentions the reader, signed. */
export function mention(author: Author, to: { inbox: string; uri: string }, words: string): Request {
  const id = `${author.uri}/notes/${randomUUID()}`;
  const published = new Date().toISOString();
  const shared = { published, to: [`${AS}#Public`], cc: [to.uri] };
  const activity = {
    "@context": AS,
    ...{ id: `${id}/activity`, type: "Create", actor: author.uri, ...shared },
    object: {
      ...{ id, type: "Note", attributedTo: author.uri, ...shared },
      content: `<p>${words}</p>`,
      tag: [{ type: "Mention", href: to.uri, name: "@anna" }],
    },
  };
  return author.peer.signed(to.inbox, activity, { keyId: author.keyId });
}
