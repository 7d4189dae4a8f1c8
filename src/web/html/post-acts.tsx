import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { EmojiText } from "./emoji-text.tsx";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import type { SymbolName } from "./symbols.ts";

type ActsProps = {
  t: Messages;
  token: string;
  post: PostView;
  /** Where the owner is and comes back to: a path of ours. */
  back: string;
};

/** What the owner can do with a post, below it. */
export function Acts({ t, token, post, back }: ActsProps) {
  const m = t.marks;
  const { liked, likes, boosted, boosts, bookmarked } = post.marks;
  return (
    <>
      <Reactions {...{ t, token, post, back }} />
      <Form action={`/posts/${post.sortKey}/mark`} token={token} class="acts">
        <input type="hidden" name="back" value={back} />
        <a class="btn" href={`/posts/${post.sortKey}${post.takesAnswer ? "#reply" : ""}`}>
          <Icon name="reply" turn />
          <span>
            {post.takesAnswer ? t.post.reply : t.post.answers}
            {post.replies > 0 ? ` ${post.replies}` : ""}
            <span class="vh"> {post.author.name}</span>
          </span>
        </a>
        {post.shareable ? (
          <Mark value="boost" icon="boost" on={boosted} words={m.share} count={boosts} post={post} />
        ) : null}
        <Mark value="like" icon="heart" on={liked} words={m.like} count={likes} post={post} />
        <Mark value="keep" icon="keep" on={bookmarked} words={m.keep} count={0} post={post} />
      </Form>
    </>
  );
}

type MarkProps = {
  value: string;
  icon: SymbolName;
  on: boolean;
  words: string;
  count: number;
  post: PostView;
};

function Mark({ value, icon, on, words, count, post }: MarkProps) {
  return (
    <button
      class={on ? "btn on" : "btn"}
      type="submit"
      name="do"
      value={on ? `un${value}` : value}
      aria-pressed={on ? "true" : "false"}
    >
      <Icon name={icon} fill={on} />
      <span>
        {words}
        {count > 0 ? ` ${count}` : ""}
        <span class="vh"> {post.author.name}</span>
      </span>
    </button>
  );
}

/** One press each; any other is typed. */
const QUICK = ["👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "🔥"];

function Reactions({ t, token, post, back }: ActsProps) {
  const m = t.marks;
  const action = `/posts/${post.sortKey}/mark`;
  const given = post.marks.emojis;
  const mine = new Set(given.filter((one) => one.mine).map(({ emoji }) => emoji));
  const here = <input type="hidden" name="back" value={back} />;
  return (
    <div class="marks">
      {given.length === 0 ? null : (
        <Form action={action} token={token}>
          {here}
          {given.map(({ emoji, count, mine: own, picture }) => (
            <button
              class={own ? "chip on" : "chip"}
              type="submit"
              name={own ? "unreact" : "emoji"}
              value={emoji}
              aria-pressed={own ? "true" : "false"}
              aria-label={`${own ? m.takeBack(emoji) : m.reactWith(emoji)}, ${count}`}
            >
              <span aria-hidden="true">
                <EmojiText text={emoji} emojis={picture === null ? [] : [picture]} /> {count}
              </span>
            </button>
          ))}
        </Form>
      )}
      <details>
        <summary class="chip">
          <span aria-hidden="true">☺+</span>
          <span class="vh">
            {m.react}: {post.author.name}
          </span>
        </summary>
        <Form action={action} token={token}>
          {here}
          {QUICK.filter((emoji) => !mine.has(emoji)).map((emoji) => (
            <button class="chip" type="submit" name="emoji" value={emoji} aria-label={m.reactWith(emoji)}>
              <span aria-hidden="true">{emoji}</span>
            </button>
          ))}
        </Form>
        <Form action={action} token={token}>
          {here}
          <input name="emoji" maxlength={64} aria-label={m.other} placeholder={m.other} dir="auto" />
          <button class="btn" type="submit">
            {m.otherGo}
          </button>
        </Form>
      </details>
    </div>
  );
}
