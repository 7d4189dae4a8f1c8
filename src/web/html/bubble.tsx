import type { MessageView } from "../../social/messages/view.ts";
import type { Messages } from "../messages/en.ts";
import { lineOf } from "./file-words.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { MessageFiles } from "./message-files.tsx";
import { firstLine, type LinkTo, MessageText } from "./message-text.tsx";
import { dayAndTime } from "./time.tsx";

/** One press each; any other is typed. */
const QUICK = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export type BubbleProps = {
  t: Messages;
  token: string;
  message: MessageView;
  /** Of the other person. */
  name: string;
  /** Where their account is. */
  host: string;
  /** Of the conversation. */
  path: string;
  /** Nothing goes out, for their key changed. */
  held: boolean;
  /** Nothing can be written to them. */
  still: boolean;
  link: LinkTo;
};

/** One message in a conversation, or a line of what was set there. */
export function Bubble(props: BubbleProps) {
  const { t, message, name } = props;
  const { id, own, kind } = message;
  if (kind === "timer")
    return (
      <p class="day" id={`m${id}`}>
        <Icon name="timer" /> <Isolated words={timerWords(t, message, isolate(name))} />
      </p>
    );
  return (
    <div class={bubbleClass(message)} id={`m${id}`}>
      <span class="vh">
        <Isolated words={t.talk.says(own ? t.talk.you : isolate(name))} />{" "}
      </span>
      {message.replyTo === null ? null : (
        <p class="quoted" dir="auto">
          <a href={`#m${message.replyTo.id}`}>{quotedWords(t, message.replyTo)}</a>
        </p>
      )}
      <Words {...props} />
      <Given {...props} />
      <Meta {...props} />
    </div>
  );
}

function quotedWords(t: Messages, { text, files }: NonNullable<MessageView["replyTo"]>): string {
  return firstLine(text) || (files > 0 ? t.talkFiles.only(files) : t.talk.quotedGone);
}

function bubbleClass({ own, state, kind }: MessageView): string {
  const wait = own && (state === "waiting" || state === "stopped") ? " wait" : "";
  return `bub${own ? " me" : ""}${wait}${kind === "text" ? "" : " gone"}`;
}

export function timerWords(t: Messages, { own, seconds }: MessageView, name: string): string {
  if (seconds === 0) return own ? t.talk.timerYouOff : t.talk.timerTheyOff(name);
  const time = lasting(t, seconds);
  return own ? t.talk.timerYou(time) : t.talk.timerThey(name, time);
}

/** "1 week": the words of our choices, and days or hours for what another device may have set. */
export function lasting(t: Messages, seconds: number): string {
  const choices: Record<string, string> = t.talk.timerChoices;
  const known = choices[String(seconds)];
  if (known !== undefined) return known;
  const [value, unit] = seconds >= 86_400 ? [seconds / 86_400, "day"] : [seconds / 60, "minute"];
  return new Intl.NumberFormat(t.locale, {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: 0,
  }).format(value);
}

function Words({ t, token, message, name, link, path, still }: BubbleProps) {
  switch (message.kind) {
    case "deleted":
      return <p class="muted">{t.talk.deleted}</p>;
    case "lost":
      return (
        <>
          <p>
            <Icon name="warn" /> {message.form === "letter" ? t.talk.lost : t.elsewhere.lost}
          </p>
          {still ? null : (
            <p>
              <a class="btn" href={`${path}?with=lost#say`} data-after-draft>
                {t.talk.lostAsk}
              </a>
            </p>
          )}
        </>
      );
    default:
      return (
        <>
          <MessageFiles {...{ t, token, name, path, still }} files={message.files} />
          {message.text === "" ? null : <MessageText text={message.text} link={link} />}
        </>
      );
  }
}

/** Emoji that were given. The owner's own is taken back by a press. */
function Given({ t, token, message, path, still }: BubbleProps) {
  if (message.reactions.length === 0) return null;
  return (
    <Form action={`${path}/react/${message.id}`} token={token} class="row tight">
      {message.reactions.map(({ emoji, own, theirs }) => (
        <button
          class={own ? "chip on" : "chip"}
          type="submit"
          name={own ? "off" : "emoji"}
          value={emoji}
          aria-pressed={own ? "true" : "false"}
          aria-label={own ? t.talk.takeBack(emoji) : t.talk.reactWith(emoji)}
          disabled={still}
        >
          <span aria-hidden="true">
            {emoji}
            {own && theirs ? " 2" : ""}
          </span>
        </button>
      ))}
    </Form>
  );
}

function Meta(props: BubbleProps) {
  const { t, message, path, still } = props;
  const { id, at, own, state, edited, oddTime, kind, sealed, signed } = message;
  const time = new Intl.DateTimeFormat(t.locale, { timeStyle: "short" }).format(at);
  return (
    <div class="meta">
      {edited && kind === "text" ? <span>{t.talk.edited}</span> : null}
      {oddTime ? <span>{t.talk.odd}</span> : null}
      {sealed ? null : <span>{t.elsewhere.notSealed}</span>}
      {signed === "" ? null : (
        <span>
          {signed === "known" ? null : <Icon name="warn" />} {t.elsewhere.signed[signed]}
        </span>
      )}
      <time datetime={new Date(at).toISOString()} title={dayAndTime(t, at)}>
        {time}
      </time>
      {own && state !== "" ? (
        <span>
          {state === "waiting" ? <Icon name="clock" /> : state === "stopped" ? <Icon name="warn" /> : null}{" "}
          <Isolated words={stateWords(props, state)} />
        </span>
      ) : null}
      {own && state === "stopped" && !still ? (
        <a href={`${path}?with=${id}#say`} data-after-draft>
          {t.talk.again}
        </a>
      ) : null}
      <Menu {...props} />
    </div>
  );
}

function stateWords(
  { t, message, held, host }: BubbleProps,
  state: Exclude<MessageView["state"], "">,
): string {
  if (state === "waiting" && held) return t.talk.states.held;
  if (message.form !== "letter" && (state === "waiting" || state === "delivered"))
    return t.elsewhere.states[state](isolate(host));
  return t.talk.states[state];
}

/** It opens in its place: no edge of a page cuts it off, and it needs no script. */
function Menu({ t, token, message, path, still }: BubbleProps) {
  const { id, own, kind, form } = message;
  const k = t.talk;
  const writes = kind === "text" && !still;
  // Of what goes elsewhere nothing is changed or given an emoji: nobody there would understand it.
  const acts = writes && form === "letter";
  return (
    <details class="menu">
      <summary>
        <span aria-hidden="true">⋯</span>
        <span class="vh">{k.acts([...lineOf(t, message)].slice(0, 40).join(""))}</span>
      </summary>
      <div class="acts-of stack tight">
        {acts ? <Emoji {...{ t, token, message, path }} /> : null}
        <div class="row">
          {writes && form !== "mail" ? (
            <a class="btn" href={`${path}?reply=${id}#say`} data-after-draft>
              <Icon name="reply" turn />
              {k.reply}
            </a>
          ) : null}
          {acts && own ? (
            <a class="btn" href={`${path}/edit/${id}`} data-after-draft>
              <Icon name="pen" />
              {k.edit}
            </a>
          ) : null}
          <a class="btn" href={`${path}/delete/${id}`} data-after-draft>
            <Icon name="bin" />
            {k.remove}
          </a>
        </div>
      </div>
    </details>
  );
}

function Emoji({ t, token, message, path }: Pick<BubbleProps, "t" | "token" | "message" | "path">) {
  const k = t.talk;
  const action = `${path}/react/${message.id}`;
  const given = new Set(message.reactions.filter(({ own }) => own).map(({ emoji }) => emoji));
  return (
    <>
      <Form action={action} token={token} class="row tight" label={k.react}>
        {QUICK.filter((emoji) => !given.has(emoji)).map((emoji) => (
          <button class="chip" type="submit" name="emoji" value={emoji} aria-label={k.reactWith(emoji)}>
            <span aria-hidden="true">{emoji}</span>
          </button>
        ))}
      </Form>
      <Form action={action} token={token} class="join">
        <input
          name="emoji"
          maxlength={64}
          aria-label={k.otherEmoji}
          placeholder={k.otherEmoji}
          dir="auto"
          required
        />
        <button class="btn" type="submit">
          {k.react}
        </button>
      </Form>
    </>
  );
}
