import { type Person, until } from "./person.ts";

/** What three people do together: the one story that the demo shows and the tests hold to. */
export type Status = { id: string; content: string; visibility: string; account: Account; uri: string };
type Account = { id: string; acct: string; display_name: string };
type Relationship = { following: boolean; requested: boolean; followed_by: boolean };
export type Say = (step: string) => void;

/** `who` asks to subscribe to `whom` by address; returns the account as `who` sees it. */
export async function ask(who: Person, whom: Person, say: Say = () => {}): Promise<Account> {
  const account = await until(`${who.name} finds ${whom.name}`, async () => {
    const query = new URLSearchParams({ q: `@${whom.address}`, resolve: "true", type: "accounts" });
    const { accounts } = await who.api<{ accounts: Account[] }>("GET", `/api/v2/search?${query}`);
    return accounts[0];
  });
  say(`${who.name} has found ${account.display_name}`);
  await who.api("POST", `/api/v1/accounts/${account.id}/follow`);
  return account;
}

/** `who` subscribes to `whom` by address, and is let in. */
export async function subscribe(who: Person, whom: Person, say: Say): Promise<void> {
  const account = await ask(who, whom, say);
  const request = await until(`the request of ${who.name}`, async () => {
    const waiting = await whom.api<Account[]>("GET", "/api/v1/follow_requests");
    return waiting.find((one) => one.acct === who.address);
  });
  say(`${whom.name} sees the request of ${request.display_name}`);
  await whom.api("POST", `/api/v1/follow_requests/${request.id}/authorize`);
  await until(`${who.name} is let in`, async () => {
    const query = new URLSearchParams({ "id[]": account.id });
    const [relation] = await who.api<Relationship[]>("GET", `/api/v1/accounts/relationships?${query}`);
    return relation?.following;
  });
  say(`${who.name} is subscribed to ${whom.name}`);
}

export async function post(who: Person, text: string, extra: Record<string, unknown> = {}): Promise<Status> {
  return who.api<Status>("POST", "/api/v1/statuses", { status: text, visibility: "public", ...extra });
}

export async function home(who: Person): Promise<Status[]> {
  return who.api<Status[]>("GET", "/api/v1/timelines/home?limit=40");
}

/** Waits until that text stands in somebody's timeline; returns their copy. */
export function arrives(at: Person, text: string): Promise<Status> {
  return until(`“${text}” at ${at.name}`, async () =>
    (await home(at)).find((one) => one.content.includes(text)),
  );
}

/** Waits until that text stands there no more. */
export async function vanishes(at: Person, text: string): Promise<void> {
  await until(
    `“${text}” gone at ${at.name}`,
    async () => !(await home(at)).some((one) => one.content.includes(text)),
  );
}

/** Follow each other, post, reply, delete. Leaves a few posts behind to look at. */
export async function threePeople(people: [Person, Person, Person], say: Say): Promise<void> {
  const [alice, bob, carla] = people;
  await subscribe(bob, alice, say);
  await subscribe(carla, alice, say);
  await subscribe(alice, bob, say);

  const first = "The kettle is on, and the door is open.";
  await post(alice, first);
  say("Alice posts");
  const atBob = await arrives(bob, first);
  say("Bob reads it in his timeline");
  await arrives(carla, first);
  say("Carla reads it in hers");

  await post(bob, `@${alice.address} I bring the biscuits.`, { in_reply_to_id: atBob.id });
  say("Bob replies");
  await arrives(alice, "I bring the biscuits.");
  say("Alice reads the reply");

  const slip = "This was meant for the diary.";
  const mistake = await post(alice, slip);
  await arrives(bob, slip);
  await arrives(carla, slip);
  say("Alice posts a slip of the pen; Bob and Carla have it");
  await alice.api("DELETE", `/api/v1/statuses/${mistake.id}`);
  await vanishes(bob, slip);
  await vanishes(carla, slip);
  say("Alice deletes it; it is gone at Bob's and at Carla's");
}
