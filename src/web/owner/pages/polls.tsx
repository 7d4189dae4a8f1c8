import { Router } from "express";
import { MOST_OPTIONS, type PollDraft } from "../../../social/polls/poll.ts";
import { vote } from "../../../social/polls/vote.ts";
import type { TypedPoll } from "../../html/poll-field.tsx";
import type { Fields } from "../fields.ts";
import type { Kit } from "../kit.ts";
import { postOf } from "./post.tsx";

const HOUR = 60 * 60_000;

/** Voting in somebody's poll. */
export function pollRoutes(kit: Kit): Router {
  const router = Router();
  kit.post(router, "/posts/:sortKey/vote", async (visit) => {
    const { acting, fields, now, t } = visit;
    const post = await postOf(visit);
    const places = fields.all("choice").filter((one) => /^\d{1,2}$/.test(one));
    await acting.transact((tx) => vote(tx, acting.me, post.id, places.map(Number), now));
    visit.go(`/posts/${post.sortKey}`, t.poll.voted);
  });
  return router;
}

/** The poll as it stands in a form. */
export function typedPoll(fields: Fields): TypedPoll {
  const options = fields
    .all("option")
    .slice(0, MOST_OPTIONS)
    .filter((one) => one.trim() !== "");
  return { options, multiple: fields.text("multiple") !== "", hours: Number(fields.text("hours")) || 0 };
}

/** null: nothing is asked. */
export function pollDraft({ options, multiple, hours }: TypedPoll): PollDraft | null {
  return options.length === 0 ? null : { options, multiple, endsIn: hours * HOUR };
}
