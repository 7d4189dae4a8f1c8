import { MESSAGE_FILES } from "../../social/messages/files/file.ts";
import { LETTER_LIMITS } from "../../social/messages/letter.ts";
import type { ConversationView, MessageView } from "../../social/messages/view.ts";
import type { Messages } from "../messages/en.ts";
import { lasting } from "./bubble.tsx";
import { ComposeFiles, type FilesFor, type TypedFiles } from "./compose-files.tsx";
import { lineOf } from "./file-words.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Recorder } from "./recorder.tsx";

type SayProps = {
  t: Messages;
  token: string;
  one: ConversationView;
  /** What is in the field; "": the draft is. */
  typed: string;
  replyTo: MessageView | null;
  wrong: string | undefined;
  files: TypedFiles;
};

/** The field of a message's files; read-fields.ts takes them in as they arrive. */
const forMessage = (t: Messages): FilesFor => ({
  ...{ words: t.talkFiles, field: "attached", path: "/files/message", most: MESSAGE_FILES.most },
});

/** Where the owner writes. While a key is in doubt what is written waits as a draft. */
export function SayForm({ t, token, one, typed, replyTo, wrong, files }: SayProps) {
  const k = t.talk;
  const path = pathOf(one);
  const elsewhere = isElsewhere(one);
  return (
    <Form action={path} token={token} class="say stack tight" label={k.placeholder(one.person.name)} files>
      {wrong === undefined ? null : (
        <p class="why" id="say-e" role="alert">
          <Icon name="warn" />
          <span>{wrong}</span>
        </p>
      )}
      <input type="hidden" name="way" value={one.way} />
      {replyTo === null ? null : <Answered t={t} path={path} replyTo={replyTo} />}
      <Words t={t} one={one} typed={typed} isWrong={wrong !== undefined} />
      {elsewhere ? null : (
        <div class="tools">
          <ComposeFiles t={t} typed={files} to={forMessage(t)} />
          <Recorder t={t} />
        </div>
      )}
      <div class="row ends small muted">
        <p data-region="timer" data-when="messages">
          <HowItGoes t={t} one={one} />
        </p>
        <span id="draft-said" />
      </div>
      <p class="small muted hint-s" id="say-h">
        {elsewhere ? t.elsewhere.keys : k.markdown}
      </p>
      <noscript>
        <button class="btn" type="submit" name="do" value="save">
          {k.keep}
        </button>
      </noscript>
    </Form>
  );
}

const pathOf = ({ person }: ConversationView) => `/messages/${person.id}`;
const isElsewhere = ({ way }: ConversationView) => way === "mail" || way === "open";

/** What is being answered, and the way to leave that. */
function Answered({ t, path, replyTo }: { t: Messages; path: string; replyTo: MessageView }) {
  return (
    <p class="quoted row">
      <span class="grow" dir="auto">
        {t.talk.replyingTo} {lineOf(t, replyTo)}
      </span>
      <a class="btn bare small" href={`${path}#say`} data-after-draft>
        {t.talk.replyNot}
      </a>
      <input type="hidden" name="replyTo" value={replyTo.id} />
    </p>
  );
}

type WordsProps = Pick<SayProps, "t" | "one" | "typed"> & { isWrong: boolean };

/** The field, and the button that sends. */
function Words({ t, one, typed, isWrong }: WordsProps) {
  const k = t.talk;
  const held = one.trust.kind === "changed";
  return (
    <div class="join">
      <div class="grow">
        <label class="vh" for="say">
          {k.label}
        </label>
        <textarea
          id="say"
          name="text"
          rows={1}
          dir="auto"
          maxlength={LETTER_LIMITS.text}
          placeholder={held ? k.heldPlaceholder : k.placeholder(one.person.name)}
          aria-describedby={isWrong ? "say-e say-h" : "say-h"}
          aria-invalid={isWrong ? "true" : undefined}
          data-draft={k.draftSaved}
          data-talk
        >
          {typed === "" ? one.draft : typed}
        </textarea>
      </div>
      <span data-region="send" data-when="messages">
        <button class={held ? "btn" : "btn main-do"} type="submit" name="do" value="send" disabled={held}>
          <Icon name="send" turn />
          {one.way === "open" ? t.elsewhere.sendOpen : k.send}
        </button>
      </span>
    </div>
  );
}

/** How long it stays; or how it goes to somebody on another server. */
function HowItGoes({ t, one }: Pick<SayProps, "t" | "one">) {
  if (isElsewhere(one)) return one.way === "mail" ? t.elsewhere.hintMail : t.elsewhere.hintOpen;
  return (
    <>
      <Icon name="timer" /> {one.timer === 0 ? t.talk.timerOff : t.talk.timerOn(lasting(t, one.timer))}{" "}
      <a href={`${pathOf(one)}/timer`} data-after-draft>
        {t.talk.timerChange}
      </a>
    </>
  );
}
