import type { Messages } from "../messages/en.ts";
import { AudiencePicker, type Picked } from "./audience-picker.tsx";
import type { Around } from "./choice-fields.tsx";
import { Wrong } from "./compose.tsx";
import { Form } from "./form.tsx";
import { Isolated } from "./isolated.tsx";
import { Note } from "./note.tsx";

/** What a change of who sees a post does, in sentences; `looked`: the choice that they are about. */
export type PlanWords = {
  gets: string | null;
  misses: string | null;
  keeps: string | null;
  open: boolean;
  /** There are answers to it. */
  answered: boolean;
  looked: string;
};

type Props = {
  t: Messages;
  token: string;
  action: string;
  picked: Picked;
  around: Around;
  plan: PlanWords | null;
};

/** Changing who sees a post: first what that does, then the button that does it. */
export function SeenForm({ t, token, action, picked, around, plan }: Props) {
  const s = t.seen;
  return (
    <Form action={action} token={token} class="stack" label={s.change}>
      <AudiencePicker t={t} picked={picked} around={around} legend={s.change} />
      <Wrong wrong={picked.wrong} />
      {plan === null ? null : (
        <>
          <input type="hidden" name="looked" value={plan.looked} />
          <Plan t={t} plan={plan} />
        </>
      )}
      <div class="row end">
        <button class={plan === null ? "btn main-do" : "btn"} type="submit" name="do" value="look">
          {s.look}
        </button>
        {plan === null ? null : (
          <button class="btn main-do" type="submit" name="do" value="change">
            {s.go}
          </button>
        )}
      </div>
    </Form>
  );
}

function Plan({ t, plan }: { t: Messages; plan: PlanWords }) {
  const s = t.seen;
  const { gets, misses, keeps, open } = plan;
  return (
    <Note tone={open || keeps !== null ? "warn" : "plain"} icon={keeps === null ? "send" : "warn"}>
      {gets === null ? null : (
        <p>
          <Isolated words={gets} />
        </p>
      )}
      {misses === null ? null : (
        <p>
          <Isolated words={misses} />
        </p>
      )}
      {open ? <p>{s.toEveryone}</p> : null}
      {keeps === null ? null : (
        <>
          <p>
            <Isolated words={keeps} />
          </p>
          <label class="row">
            <input type="checkbox" name="ask" value="yes" checked /> <span class="grow">{s.ask}</span>
          </label>
        </>
      )}
      {plan.answered ? <p>{s.answersStay}</p> : null}
      {gets === null && keeps === null && misses === null && !open ? <p>{s.nothing}</p> : null}
    </Note>
  );
}
