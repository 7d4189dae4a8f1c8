import type { ComponentChildren } from "preact";
import type { PersonView } from "../../social/people/view.ts";
import { Face, shortAddress } from "./face.tsx";
import { MEDIA } from "./post.tsx";

/** A person in a list, with what can be done beside them. */
export function PersonRow({ person, children }: { person: PersonView; children?: ComponentChildren }) {
  return (
    <li class="who-line">
      <Face person={person} media={MEDIA} size="s" />
      <div class="grow">
        <a class="name" href={`/people/${person.id}`}>
          <bdi>{person.name}</bdi>
        </a>
        {person.guest ? null : (
          <p class="addr" dir="ltr">
            @{shortAddress(person.address)}
          </p>
        )}
      </div>
      {children}
    </li>
  );
}
