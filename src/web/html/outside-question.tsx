import type { ComponentChildren } from "preact";
import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";

type QuestionProps = {
  t: Messages;
  token: string;
  host: string;
  /** What was looked for and is looked for again once the server is allowed; "" when nothing was. */
  wanted?: string;
  children?: ComponentChildren;
};

/** May this node go to a server outside the onion network? Asked once for each. */
export function OutsideQuestion({ t, token, host, wanted = "", children }: QuestionProps) {
  const o = t.outside;
  return (
    <section class="card roomy stack" aria-label={o.asks}>
      <p class="row fixed start">
        <Icon name="globe" big />
        <b class="grow">{o.question(host)}</b>
      </p>
      {children}
      <Form action="/settings/outside" token={token} class="row">
        <input type="hidden" name="host" value={host} />
        <input type="hidden" name="wanted" value={wanted} />
        <button class="btn main-do" type="submit" name="do" value="allowed">
          {o.allow}
          <span class="vh"> {host}</span>
        </button>
        <button class="btn" type="submit" name="do" value="refused">
          {o.refuse}
          <span class="vh"> {host}</span>
        </button>
      </Form>
    </section>
  );
}
