import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { dayAndTime } from "./time.tsx";

const NAMED = 3;

/** Who has an own post and who does not yet, person by person. Nothing is said once everybody has it. */
export function Sent({ t, post, token }: { t: Messages; post: PostView; token: string }) {
  const { delivery } = post;
  if (delivery === null) return null;
  const { delivered, waiting, stopped } = delivery.counts;
  if (waiting + stopped === 0) return null;
  const names = delivery.waiting.slice(0, NAMED).map(({ person }) => t.post.device(person.name));
  const rest = waiting - names.length;
  const listed = new Intl.ListFormat(t.locale).format(rest > 0 ? [...names, t.post.andMore(rest)] : names);
  return (
    <details class="sent">
      <summary>
        <Icon name={waiting > 0 ? "clock" : "stop"} />
        <span>
          <b>{t.post.have(delivered, delivered + waiting + stopped)}</b>{" "}
          {waiting > 0 ? t.post.waitingFor(listed) : t.post.stopped}
        </span>
        <u>{t.post.details}</u>
      </summary>
      <ul class="list">
        {delivery.delivered.map((person) => (
          <li class="row ends">
            <bdi>{person.name}</bdi>
            <span class="muted">{t.post.hasIt}</span>
          </li>
        ))}
        {delivery.waiting.map(({ person, since }) => (
          <li class="row ends">
            <bdi>{person.name}</bdi>
            <span class="muted">{t.post.waitingSince(dayAndTime(t, since))}</span>
          </li>
        ))}
        {delivery.stopped.map((person) => (
          <li class="row ends">
            <bdi>{person.name}</bdi>
            <span class="muted">{t.post.stopped}</span>
          </li>
        ))}
      </ul>
      {waiting === 0 ? null : (
        <Form action={`/posts/${post.sortKey}/try`} token={token}>
          <button class="btn" type="submit">
            <Icon name="again" />
            {t.post.tryNow}
          </button>
        </Form>
      )}
    </details>
  );
}
