import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { Face, shortAddress } from "./face.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { MEDIA } from "./post.tsx";

/** Somebody's face, what is said of them, and their whole address: that is what can be compared. */
export function Who({ person, words }: { person: PersonView; words: string }) {
  return (
    <div class="row fixed">
      <Face person={person} size="l" media={MEDIA} />
      <div class="grow">
        <h2>
          <Isolated words={words} />
        </h2>
        <p class="addr" dir="ltr">
          @{shortAddress(person.address)}
        </p>
      </div>
    </div>
  );
}

export function WriteTo({ t, person }: { t: Messages; person: PersonView }) {
  return (
    <a class="btn main-do" href={`/messages/${person.id}#say`}>
      <Icon name="message" />
      <span>
        <Isolated words={t.together.write(isolate(person.name))} />
      </span>
    </a>
  );
}
