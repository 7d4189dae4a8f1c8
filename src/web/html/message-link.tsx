import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";

/** To the conversation with somebody; nothing where there can be none. */
export function MessageLink({ t, person }: { t: Messages; person: PersonView }) {
  if (person.guest || person.gone || person.blocked || person.isOwner) return null;
  return (
    <a class="btn" href={`/messages/${person.id}#say`}>
      <Icon name="message" />
      {t.talk.message}
      <span class="vh"> {person.name}</span>
    </a>
  );
}
