import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { Face } from "./face.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { MEDIA } from "./post.tsx";

/** Somebody's face, what is said of them, and their whole address: beginning and end of another can be made alike. */
export function Who({ person, words }: { person: PersonView; words: string }) {
  return (
    <div class="row fixed">
      <Face person={person} size="l" media={MEDIA} />
      <div class="grow">
        <h2>
          <Isolated words={words} />
        </h2>
        <p class="mono small" dir="ltr">
          @{person.address}
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
