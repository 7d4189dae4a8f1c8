import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";

/** Whole addresses that are blocked, each with the way back; nothing when there are none. */
export function BlockedHosts({ t, token, hosts }: { t: Messages; token: string; hosts: string[] }) {
  if (hosts.length === 0) return null;
  return (
    <section class="card stack tight">
      <h2>{t.hosts.heading}</h2>
      <p class="small muted">{t.hosts.lead}</p>
      <ul class="list">
        {hosts.map((host) => (
          <li>
            <Form action="/people/hosts/unblock" token={token} class="row ends">
              <span class="mono grow" dir="ltr">
                {host}
              </span>
              <input type="hidden" name="host" value={host} />
              <button class="btn" type="submit">
                <Icon name="back" turn />
                {t.hosts.undo}
                <span class="vh"> {host}</span>
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
