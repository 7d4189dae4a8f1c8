import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";

/** Recording a voice: there only where the script and the browser can (public/recording.js). */
export function Recorder({ t }: { t: Messages }) {
  const k = t.talkFiles;
  return (
    <div class="recorder" data-recorder hidden>
      <button class="btn bare" type="button" data-record>
        <Icon name="mic" />
        <span>
          {k.record}
          <span class="vh">{k.recordWhat}</span>
        </span>
      </button>
      <p class="row" data-recording hidden>
        <span>
          {k.recording} <span data-time />
        </span>
        <button class="btn" type="button" data-stop>
          <Icon name="stop" />
          {k.recordStop}
        </button>
      </p>
      <div class="row" data-recorded hidden>
        {/* biome-ignore lint/a11y/useMediaCaption: it is the owner's own voice of a moment ago */}
        <audio controls aria-label={k.recorded} />
        <button class="btn main-do" type="button" data-send>
          <Icon name="send" turn />
          {k.recordSend}
        </button>
        <button class="btn" type="button" data-drop-it>
          <Icon name="bin" />
          {k.recordDrop}
        </button>
      </div>
      <p class="why" role="alert" data-trouble data-no={k.recordNo} hidden />
    </div>
  );
}
