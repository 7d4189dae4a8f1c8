import type { PersonView } from "../../social/people/view.ts";
import { LONGEST_POST } from "../../social/posts/limits.ts";
import { isOpen, narrowed } from "../../social/posts/reach.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { AnswerGoes } from "../../social/threads/answer-goes.ts";
import type { Messages } from "../messages/en.ts";
import { Wrong } from "./compose.tsx";
import { ComposeFiles, type TypedFiles } from "./compose-files.tsx";
import { Face } from "./face.tsx";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { MEDIA } from "./post.tsx";
import { chosenWords, reachIcon } from "./reach.tsx";

export type TypedReply = { id: string; text: string; wrong: string | null } & TypedFiles;

/** By name; the others are counted. */
const NAMED = 3;

/** An answer is seen by at most those who see what it answers; that is said, not asked. */
export function ReplyForm({
  t,
  token,
  owner,
  to,
  goes,
  typed,
}: {
  t: Messages;
  token: string;
  owner: PersonView;
  to: PostView;
  goes: AnswerGoes | null;
  typed: TypedReply;
}) {
  const reach = narrowed("everyone", to);
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
          <span>
            <Isolated words={goes === null ? t.compose.replySeen[reach] : goesWords(t, goes)} />
          </span>
        </span>
        <button class="btn main-do" type="submit" name="do" value="post">
          {t.compose.reply}
        </button>
      </div>
    </Form>
  );
}

/** To others it goes by name; of an own audience it is said who sees it, as the owner calls them. */
function goesWords(t: Messages, goes: AnswerGoes): string {
  const c = t.compose;
  if (goes.to === "audience") {
    const { reach, audiences, without } = goes.of;
    const plain = audiences.length === 0 && without.length === 0 && reach === "subscribers";
    return plain ? c.replySeen[reach] : c.seenBy(chosenWords(t, goes.of));
  }
  const [first] = goes.people;
  if (goes.onward && first !== undefined) return c.goesOn(isolate(first.name));
  const names = goes.people.slice(0, NAMED).map(({ name }) => isolate(name));
  const rest = goes.people.length - names.length;
  return c.goesTo(new Intl.ListFormat(t.locale).format(rest > 0 ? [...names, t.choice.others(rest)] : names));
}
