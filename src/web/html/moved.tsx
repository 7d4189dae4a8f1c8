import type { Address } from "../../social/moving/moving.ts";
import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { shortAddress } from "./face.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { Note } from "./note.tsx";

/** "@name@host" where somebody is known there, else the address as it is. */
export function addressWords({ uri, person }: Address): string {
  return person === null ? uri : `@${person.address}`;
}

/** On a person's page: where they live now, and whether that is certain. */
export function PersonMoved({ t, person }: { t: Messages; person: PersonView }) {
  const { moved, movedToUri, name } = person;
  if (movedToUri === "") return null;
  if (moved !== null) {
    return (
      <Note tone="plain" icon="swap">
        <p>
          <Isolated words={t.moving.personMoved(isolate(name))} />{" "}
          <a class="name" href={`/people/${moved.id}`} dir="ltr">
            @{moved.address}
          </a>
        </p>
      </Note>
    );
  }
  return (
    <Note tone="warn" icon="swap">
      <p>
        <Isolated words={t.moving.personSays(isolate(name))} />
      </p>
      <p class="mono" dir="ltr">
        {movedToUri}
      </p>
      <p>
        <a class="btn" href={`/open?${new URLSearchParams({ address: movedToUri })}`}>
          <Icon name="search" />
          {t.moving.look}
        </a>
      </p>
    </Note>
  );
}

/** Addresses that somebody says are theirs too; a claim, and said as one. */
export function PersonAliases({ t, person }: { t: Messages; person: PersonView }) {
  if (person.aliases.length === 0) return null;
  return (
    <>
      <p class="small muted">{t.moving.alsoSays}</p>
      {person.aliases.map((uri) => (
        <p class="mono small" dir="ltr">
          {uri}
        </p>
      ))}
    </>
  );
}

/** On the owner's own pages, so that nobody wonders why it is quiet. */
export function OwnMove({ t, owner }: { t: Messages; owner: PersonView }) {
  if (owner.movedToUri === "") return null;
  const words = shortAddress(addressWords({ uri: owner.movedToUri, person: owner.moved }));
  return (
    <Note tone="warn" icon="swap">
      <p>
        <b>
          <Isolated words={t.moving.moved(isolate(words))} />
        </b>{" "}
        {t.moving.movedMore}
      </p>
      <p>
        <a href="/settings/moving">{t.moving.title}</a>
      </p>
    </Note>
  );
}

/** For visitors: the address to copy, for their browser may not know how to open it. */
export function VisitorMoved({ t, owner }: { t: Messages; owner: PersonView }) {
  if (owner.movedToUri === "") return null;
  const words = addressWords({ uri: owner.movedToUri, person: owner.moved });
  return (
    <section class="card stack">
      <h2>
        <Isolated words={t.moving.visitor(isolate(owner.name))} />
      </h2>
      <p class="mono" dir="ltr">
        {words}
      </p>
    </section>
  );
}
