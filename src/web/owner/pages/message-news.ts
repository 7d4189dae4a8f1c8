import { listConversations } from "../../../social/messages/list.ts";
import { lineOf } from "../../html/file-words.ts";
import type { Visit } from "../kit.ts";
import { messageSettings } from "../settings/messages.tsx";
import { quietNow } from "../settings/quiet.ts";

const MOST = 80;

/** For our script, once the owner switched notices on in that browser: how much is new, and what may be said of it. */
export async function tellNew({ acting, t, now, res }: Visit): Promise<void> {
  const { items } = await listConversations(acting.read, acting.me, { limit: MOST }, now);
  const fresh = items.filter(({ unread }) => unread > 0);
  const { hide, quiet } = await messageSettings(acting);
  const [first] = fresh;
  const last = first?.last ?? null;
  const words = hide || last === null ? "" : lineOf(t, last);
  res.json({
    count: fresh.reduce((sum, { unread }) => sum + unread, 0),
    quiet: quietNow(quiet, now),
    title: hide || first === undefined ? "TSSOP" : first.person.name,
    text: words === "" ? t.talk.newMessage : words,
  });
}
