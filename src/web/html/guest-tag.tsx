import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";

/** Said beside the name of a guest, wherever people are listed. */
export function GuestTag({ t, person }: { t: Messages; person: PersonView }) {
  return person.guest ? <span class="tag">{t.guests.tag}</span> : null;
}
