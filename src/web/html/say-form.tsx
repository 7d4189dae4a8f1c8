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
  const path = `/messages/${one.person.id}`;
  const held = one.trust.kind === "changed";
  const { way } = one;
  const elsewhere = way === "mail" || way === "open";
  return (
    <Form action={path} token={token} class="say stack tight" label={k.placeholder(one.person.name)} files>
      {wrong === undefined ? null : (
        <p class="why" id="say-e" role="alert">
          <Icon name="warn" />
          <span>{wrong}</span>
        </p>
      )}
      <input type="hidden" name="way" value={way} />
      {replyTo === null ? null : (
        <p class="quoted row">
          <span class="grow" dir="auto">
            {k.replyingTo} {lineOf(t, replyTo)}
          </span>
          <a class="btn bare small" href={`${path}#say`} data-after-draft>
            {k.replyNot}
          </a>
          <input type="hidden" name="replyTo" value={replyTo.id} />
        </p>
      )}
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
            aria-describedby={wrong === undefined ? "say-h" : "say-e say-h"}
            aria-invalid={wrong === undefined ? undefined : "true"}
            data-draft={k.draftSaved}
            data-talk
          >
            {typed === "" ? one.draft : typed}
          </textarea>
        </div>
        <span data-region="send" data-when="messages">
          <button class={held ? "btn" : "btn main-do"} type="submit" name="do" value="send" disabled={held}>
            <Icon name="send" turn />
            {way === "open" ? t.elsewhere.sendOpen : k.send}
          </button>
        </span>
      </div>
      {elsewhere ? null : (
        <div class="tools">
          <ComposeFiles t={t} typed={files} to={forMessage(t)} />
          <Recorder t={t} />
        </div>
      )}
      <div class="row ends small muted">
        <p data-region="timer" data-when="messages">
          {elsewhere ? (
            way === "mail" ? (
              t.elsewhere.hintMail
            ) : (
              t.elsewhere.hintOpen
            )
          ) : (
            <>
              <Icon name="timer" /> {one.timer === 0 ? k.timerOff : k.timerOn(lasting(t, one.timer))}{" "}
              <a href={`${path}/timer`} data-after-draft>
                {k.timerChange}
              </a>
            </>
          )}
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
