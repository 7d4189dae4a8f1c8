import type { AudienceView } from "../../social/audiences/audience.ts";
import type { Messages } from "../messages/en.ts";
import { EmptyTable, Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";

const MOST_TABS = 6;

type Props = { t: Messages; audiences: readonly AudienceView[]; current: string };

/** All that comes in, or what the people of one audience write. */
export function HomeTabs({ t, audiences, current }: Props) {
  const a = t.audiences;
  if (audiences.length === 0) return null;
  const shown = audiences.filter(({ id }, at) => at < MOST_TABS || id === current);
  return (
    <nav class="tabs" aria-label={a.tab}>
      <a href="/" aria-current={current === "" ? "page" : undefined}>
        {a.everything}
      </a>
      {shown.map(({ id, name }) => (
        <a href={`/?audience=${id}`} aria-current={id === current ? "page" : undefined}>
          <bdi>{name}</bdi>
        </a>
      ))}
      <a href="/people/audiences">
        <Icon name="lines" />
        {a.arrange}
      </a>
    </nav>
  );
}

export function EmptyAudience({ t, name }: { t: Messages; name: string }) {
  const a = t.audiences;
  return (
    <section class="card empty">
      <EmptyTable />
      <h2>{a.emptyHeading}</h2>
      <p class="muted">
        <Isolated words={a.empty(isolate(name))} />
      </p>
    </section>
  );
}
