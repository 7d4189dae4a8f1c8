import type { ConversationView, Trust } from "../../social/messages/view.ts";
import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { day } from "./time.tsx";

/** Twelve groups of five digits, to be read aloud. */
export function Digits({ digits }: { digits: string[] }) {
  return (
    <p class="digits" dir="ltr">
      {digits.map((group) => (
        <>
          <span>{group}</span>{" "}
        </>
      ))}
    </p>
  );
}

/** How sure it is whose key it is, in a word; nothing while it is only the first that was seen. */
export function TrustTag({ t, trust }: { t: Messages; trust: Trust }) {
  const k = t.talk;
  if (trust.kind === "changed") return <span class="tag stop">{k.keyChanged}</span>;
  if (trust.kind !== "verified") return null;
  return (
    <span class="tag good">
      <Icon name="sealed" />
      {trust.how === "introduced" ? k.introduced : k.verified}
    </span>
  );
}

type KeyNoteProps = {
  t: Messages;
  token: string;
  one: ConversationView;
  digits: string[] | null;
  heading: "h2" | "h3";
};

/** Their key is another one: what that may mean, the number, and the owner's answer. */
export function KeyNote({ t, token, one: { person, trust, way }, digits, heading: Heading }: KeyNoteProps) {
  const k = t.talk;
  if (trust.kind !== "changed") return null;
  const how = way === "mail" ? t.elsewhere : k;
  const says = trust.refused ? k.keyRefusedHeading : k.keyHeading(isolate(person.name));
  return (
    <div class="note stop" role="alert">
      <Icon name="stop" />
      <div class="stack tight">
        <Heading>
          <Isolated words={says} />
        </Heading>
        <p>
          <Isolated words={trust.refused ? k.keyRefused : how.keyWhy(isolate(person.name))} />
        </p>
        <p>{how.keyHow}</p>
        {digits === null ? null : <Digits digits={digits} />}
        <Form action={`/messages/${person.id}/verify`} token={token} class="row">
          <input type="hidden" name="key" value={trust.offered} />
          <button class="btn main-do" type="submit" name="do" value="match">
            {how.keyMatch}
          </button>
          {way === "mail" ? null : (
            <a class="btn" href="/connect#scan">
              <Icon name="qr" />
              {t.together.scan}
            </a>
          )}
          {trust.refused ? null : (
            <button class="btn risk" type="submit" name="do" value="differ">
              {how.keyDiffer}
            </button>
          )}
        </Form>
        <p class="small">
          {trust.verifiedAt === 0 ? k.keyKept : k.keyKeptVerified(day(t, trust.verifiedAt))}
        </p>
      </div>
    </div>
  );
}
