import { NodeError } from "../../../lib/errors.ts";
import { letIn } from "../../../social/gate/let-in.ts";
import { listWaiting, type WaitingView } from "../../../social/gate/list.ts";
import { turnAway } from "../../../social/gate/turn-away.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { type Answer, type Call, siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { list } from "../fields.ts";
import { personOf } from "../find.ts";
import { askedPage, pagedAnswer } from "../paging.ts";
import { notFound } from "../refuse.ts";
import { accountOf } from "../shapes/account.ts";

/** What people at the gate wrote; those who ask to subscribe are follow requests, as ever. Their id is their account's. */
export function notificationRequestRoutes(door: Door): void {
  const at = "/api/v1/notifications/requests";
  door.get(at, "read:notifications", requests);
  // What is let in is a notice at once.
  door.get(`${at}/merged`, "read:notifications", async () => ({ json: { merged: true } }));
  for (const [name, act] of Object.entries({ accept, dismiss })) {
    door.post(`${at}/${name}`, "write:notifications", async (call) => {
      for (const id of list(call.fields, "id")) await act(call, await personOf(call, id));
      return { json: {} };
    });
    door.post(`${at}/:id/${name}`, "write:notifications", async (call) => {
      await act(call, await personOf(call, call.part("id")));
      return { json: {} };
    });
  }
  door.get(`${at}/:id`, "read:notifications", async (call) => {
    const { id: personId } = await personOf(call, call.part("id"));
    const who = { personId, wrote: true };
    const [found] = (await listWaiting(call.acting.read, call.acting.me, { limit: 1 }, who)).items;
    if (found === undefined) throw notFound();
    return { json: requestOf(call, found) };
  });
}

async function requests(call: Call): Promise<Answer> {
  const { page } = askedPage(call.fields, 40);
  const got = await listWaiting(call.acting.read, call.acting.me, page, { wrote: true });
  return pagedAnswer(
    call,
    got.items.map((one) => requestOf(call, one)),
    got,
  );
}

function requestOf(call: Call, { person, since }: WaitingView) {
  const at = new Date(since).toISOString();
  return {
    id: person.sortKey,
    created_at: at,
    updated_at: at,
    notifications_count: "1",
    account: accountOf(person, siteOf(call)),
    last_status: null,
  };
}

async function accept({ acting }: Call, person: PersonView): Promise<void> {
  try {
    await acting.transact((tx) => letIn(tx, acting.me, person.id, acting.now(), "post"));
  } catch (error) {
    throw error instanceof NodeError && error.code === "person-not-found" ? notFound() : error;
  }
}

async function dismiss({ acting }: Call, person: PersonView): Promise<void> {
  const gone = await acting.transact((tx) => turnAway(tx, acting.me, person.id, acting.now(), "post"));
  if (!gone) throw notFound();
}
