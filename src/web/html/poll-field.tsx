import { LONGEST_OPTION, MOST_OPTIONS } from "../../social/polls/poll.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";

/** What stands in the form; no answers: there is no poll. */
export type TypedPoll = { options: string[]; multiple: boolean; hours: number };

export const noPoll: TypedPoll = { options: [], multiple: false, hours: 24 };

const HOURS = [1, 3, 6, 12, 24, 72, 168, 336, 720];

/** Of the times offered, the first that is not shorter. */
export function nearestHours(milliseconds: number): number {
  return HOURS.find((hours) => hours * 60 * 60_000 >= milliseconds) ?? 720;
}

/** Asking something with a post: a fold with lines for the answers. */
export function PollField({ t, poll, resets = false }: { t: Messages; poll: TypedPoll; resets?: boolean }) {
  const p = t.poll;
  return (
    <details class="fold" open={poll.options.length > 0}>
      <summary>
        <Icon name="poll" />
        {p.add}
      </summary>
      <fieldset class="stack tight">
        <legend class="hint">{p.hint}</legend>
        {resets ? <p class="hint">{p.resets}</p> : null}
        {Array.from({ length: MOST_OPTIONS }, (_, place) => (
          <div class="field">
            <label class="vh" for={`option-${place}`}>
              {p.option(place + 1)}
            </label>
            <input
              id={`option-${place}`}
              name="option"
              value={poll.options[place] ?? ""}
              maxlength={LONGEST_OPTION}
              placeholder={p.option(place + 1)}
              dir="auto"
            />
          </div>
        ))}
        <label class="row">
          <input type="checkbox" name="multiple" value="yes" checked={poll.multiple} />{" "}
          <span>{p.multiple}</span>
        </label>
        <div class="row">
          <label for="hours">{p.ends}</label>
          <select id="hours" name="hours">
            {HOURS.map((hours) => (
              <option value={hours} selected={hours === poll.hours}>
                {p.after(hours)}
              </option>
            ))}
          </select>
        </div>
      </fieldset>
    </details>
  );
}
