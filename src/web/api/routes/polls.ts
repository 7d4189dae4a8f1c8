import { vote } from "../../../social/polls/vote.ts";
import type { Answer, Call } from "../call.ts";
import type { Door } from "../door.ts";
import { list } from "../fields.ts";
import { oneStatus, postOf } from "../find.ts";
import { notFound } from "../refuse.ts";

/** Polls are known by the id of their status. */
export function pollRoutes(door: Door): void {
  door.get("/api/v1/polls/:id", "read:statuses", shown);
  door.post("/api/v1/polls/:id/votes", "write:statuses", async (call) => {
    const { acting } = call;
    const post = await postOf(call, call.part("id"));
    const places = list(call.fields, "choices").filter((one) => /^\d{1,2}$/.test(one));
    await acting.transact((tx) => vote(tx, acting.me, post.id, places.map(Number), acting.now()));
    return shown(call);
  });
}

async function shown(call: Call): Promise<Answer> {
  const { poll } = await oneStatus(call, await postOf(call, call.part("id")));
  if (poll === null) throw notFound();
  return { json: poll };
}
