import type { PersonView } from "../../social/people/view.ts";
import type { DeliveryView, PersonAt, PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { dayAndTime } from "./time.tsx";

const NAMED = 3;

type SentProps = {
  t: Messages;
  post: PostView;
  token: string;
  /** Also when everybody has it: nothing waits then, and a list of posts does not speak of it. */
  whole: boolean;
};

/** Who has an own post and who does not yet. The place stays when nobody is waited for any more: a script renews it. */
export function Sent(props: SentProps) {
  if (props.post.delivery === null) return null;
  return (
    <div data-region={`sent-${props.post.sortKey}`} data-when="deliveries">
      <SentTo {...props} delivery={props.post.delivery} />
    </div>
  );
}

function SentTo({ t, post, token, whole, delivery }: SentProps & { delivery: DeliveryView }) {
  const { delivered, waiting, stopped } = delivery.counts;
  const done = waiting + stopped === 0;
  if (done && !whole) return null;
  const names = delivery.waiting.slice(0, NAMED).map(({ person }) => t.post.device(isolate(person.name)));
  const rest = waiting - names.length;
  const listed = new Intl.ListFormat(t.locale).format(rest > 0 ? [...names, t.post.andMore(rest)] : names);
  return (
    <details class={done ? "fold" : "sent"}>
      <summary>
        <Icon name={done ? "check" : waiting > 0 ? "clock" : "stop"} />
        {done ? (
          <b>{t.post.allHave}</b>
        ) : (
          <span>
            <b>{t.post.have(delivered, delivered + waiting + stopped)}</b>{" "}
            {waiting > 0 ? <Isolated words={t.post.waitingFor(listed)} /> : t.post.givenUp(stopped)}
          </span>
        )}
        <u>{t.post.details}</u>
      </summary>
      <ul class="list">
        {delivery.delivered.map((one) => (
          <Line {...one} words={t.post.hasItSince(dayAndTime(t, one.at))} />
        ))}
        {delivery.waiting.map((one) => (
          <Line {...one} words={waitingWords(t, one)} />
        ))}
        {delivery.stopped.map((one) => (
          <Line {...one} words={stoppedWords(t, one)} />
        ))}
      </ul>
      {stopped > delivery.stopped.filter(({ person }) => isLost(person)).length ? (
        <Form action={`/posts/${post.sortKey}/retry`} token={token}>
          <button class="btn" type="submit">
            <Icon name="again" />
            {t.post.retry}
          </button>
        </Form>
      ) : null}
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

/** Nobody to send to: pressing a button would change nothing. */
function isLost({ gone, blocked }: PersonView): boolean {
  return gone || blocked;
}

/** Why a post was given up for somebody, as whoever gave it up wrote it down. */
function stoppedWords(t: Messages, { why }: PersonAt): string {
  switch (why) {
    case "out of time":
      return t.post.stopped;
    case "gone":
    case "person is gone":
      return t.post.goneAway;
    case "blocked":
      return t.post.stoppedBlocked;
    default:
      return t.post.stoppedRefused;
  }
}

function waitingWords(t: Messages, { at, met }: PersonAt): string {
  const since = dayAndTime(t, at);
  return met ? t.post.waitingSinceMet(since) : t.post.waitingSince(since);
}

function Line({ person, words }: PersonAt & { words: string }) {
  return (
    <li class="row ends">
      <bdi>{person.name}</bdi>
      <span class="muted">{words}</span>
    </li>
  );
}
