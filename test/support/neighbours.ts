import { ownRequest } from "../../src/federation/queries.ts";
import { publish } from "../../src/social/posts/publish.ts";
import { homeTimeline } from "../../src/social/posts/timelines.ts";
import type { PostView } from "../../src/social/posts/view.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { eventually } from "./eventually.ts";
import type { Member } from "./federated.ts";

/** What people do with each other over the wire, for tests that are about something else. */

export async function ask(who: Member, whom: Member): Promise<string> {
  const { acting } = who;
  const { personId } = await who.federation.lookUp(`@${whom.address}`);
  await acting.transact((tx) => askToSubscribe(tx, acting.me, personId, acting.now()));
  return personId;
}

export async function subscribe(who: Member, whom: Member): Promise<void> {
  await ask(who, whom);
  const { acting } = whom;
  const asking = await eventually("the request arrives", () =>
    whom.store.read.subscription.findFirst({
      where: { personId: acting.me.ownerId, state: "asked", subscriber: { uri: who.uri } },
    }),
  );
  await acting.transact((tx) => acceptRequest(tx, acting.me, asking.subscriberId, acting.now()));
  await eventually("the answer arrives", async () => {
    const request = await ownRequest(who.store.read, who.acting.me.ownerId, whom.uri);
    return request?.state === "accepted";
  });
}

export function say(who: Member, text: string, extra: object = {}): Promise<string> {
  const { acting } = who;
  const draft = { text, reach: "everyone" as const, ...extra };
  return acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
}

export async function homeOf(who: Member): Promise<PostView[]> {
  return (await homeTimeline(who.store.read, who.acting.me, { limit: 40 })).items;
}

/** The post of these words on somebody's home, or what was passed on. */
export async function found(who: Member, text: string): Promise<PostView> {
  return eventually(`${who.name} sees “${text}”`, async () =>
    (await homeOf(who)).find(({ html, boostOf }) => (boostOf?.html ?? html).includes(text)),
  );
}
