import type { PersonView } from "../../social/people/view.ts";
import { LONGEST_POST } from "../../social/posts/limits.ts";
import { isOpen, narrowed } from "../../social/posts/reach.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { Wrong } from "./compose.tsx";
import { ComposeFiles, type TypedFiles } from "./compose-files.tsx";
import { Face } from "./face.tsx";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated } from "./isolated.tsx";
import { MEDIA } from "./post.tsx";
import { reachIcon, seenWords } from "./reach.tsx";

export type TypedReply = { id: string; text: string; wrong: string | null } & TypedFiles;

/** An answer is seen by at most those who see what it answers; that is said, not asked. */
export function ReplyForm({
  t,
  token,
  owner,
  to,
  typed,
}: {
  t: Messages;
  token: string;
  owner: PersonView;
  to: PostView;
  typed: TypedReply;
}) {
  const reach = narrowed("everyone", to);
  const byName = to.own && to.audiences.length > 0 && !isOpen(reach) && reach !== "me";
  const seen = byName ? seenWords(t, to) : null;
  return (
    <Form
      action={`/posts/${to.sortKey}/reply`}
      token={token}
      class="card stack tight compose"
      label={t.compose.replyTo(to.author.name)}
      files
    >
      <input type="hidden" name="id" value={typed.id} />
      <div class="row fixed start" id="reply">
        <Face person={owner} media={MEDIA} />
        <div class="grow">
          <label class="vh" for="say">
            {t.compose.replyLabel}
          </label>
          <textarea
            id="say"
            name="text"
            rows={2}
            maxlength={LONGEST_POST * 2}
            dir="auto"
            placeholder={t.compose.replyTo(to.author.name)}
            aria-describedby={typed.wrong === null ? undefined : "say-e"}
          >
            {typed.text}
          </textarea>
        </div>
      </div>
      <Wrong wrong={typed.wrong} />
      <ComposeFiles t={t} typed={typed} />
      <div class="row ends">
        <span class={isOpen(reach) ? "small reach" : "small reach some"}>
          <Icon name={reachIcon[reach]} />
          <span>{seen === null ? t.compose.replySeen[reach] : <Isolated words={seen} />}</span>
        </span>
        <button class="btn main-do" type="submit" name="do" value="post">
          {t.compose.reply}
        </button>
      </div>
    </Form>
  );
}
