import { isOver } from "../../social/polls/poll.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { EmojiText } from "./emoji-text.tsx";
import { Form } from "./form.tsx";
import { Moment } from "./time.tsx";

type PollProps = { t: Messages; now: number; post: PostView; token: string };

/** The poll of a post: the answers to choose from, or how many chose each. */
export function PostPoll({ t, now, post, token }: PollProps) {
  const { poll } = post;
  if (poll === null) return null;
  const open = !post.own && poll.chosen.length === 0 && !isOver(poll, now);
  if (!open) return <PollResult t={t} now={now} post={post} />;
  const kind = poll.multiple ? "checkbox" : "radio";
  return (
    <Form action={`/posts/${post.sortKey}/vote`} token={token} class="poll stack tight" label={t.poll.title}>
      <fieldset class="stack tight">
        <legend class="small muted">{poll.multiple ? t.poll.chooseSome : t.poll.choose}</legend>
        {poll.options.map(({ title }, place) => (
          <label class="row">
            <input type={kind} name="choice" value={place} />{" "}
            <span dir="auto">
              <EmojiText text={title} emojis={post.emojis} />
            </span>
          </label>
        ))}
      </fieldset>
      <div class="row ends">
        <span class="small muted">
          <Ends t={t} now={now} endsAt={poll.endsAt} /> {t.poll.onlyAuthor}
        </span>
        <button class="btn" type="submit">
          {t.poll.vote}
        </button>
      </div>
    </Form>
  );
}

type ResultProps = Omit<PollProps, "token"> & { pictures?: boolean };

/** How many chose each answer. `pictures`: custom emoji can be shown here. */
export function PollResult({ t, now, post, pictures = true }: ResultProps) {
  const { poll } = post;
  if (poll === null) return null;
  const all = poll.options.reduce((sum, { votes }) => sum + votes, 0);
  return (
    <section class="poll stack tight" aria-label={t.poll.title}>
      <ul class="list">
        {poll.options.map(({ title, votes }, place) => (
          <li class="stack tight">
            <p class="row">
              <span class="grow" dir="auto">
                <EmojiText text={title} emojis={pictures ? post.emojis : []} />
                {poll.chosen.includes(place) ? <span class="tag">{t.poll.yours}</span> : null}
              </span>
              <span class="small muted">{t.poll.votes(votes)}</span>
            </p>
            <progress max={Math.max(1, all)} value={votes} aria-label={title} />
          </li>
        ))}
      </ul>
      <p class="small muted">
        {t.poll.voters(poll.voters)}.{" "}
        {isOver(poll, now) ? t.poll.over : <Ends t={t} now={now} endsAt={poll.endsAt} />}
      </p>
    </section>
  );
}

function Ends({ t, now, endsAt }: { t: Messages; now: number; endsAt: number }) {
  if (endsAt === 0) return null;
  return (
    <>
      {t.poll.endsAt} <Moment t={t} at={endsAt} now={now} full />.
    </>
  );
}
