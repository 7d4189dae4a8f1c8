import type { AudienceView } from "../../social/audiences/audience.ts";
import type { PersonView } from "../../social/people/view.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";

type Props = {
  t: Messages;
  /** "stranger", "subscriber", "friend", or the id of an audience or of a person. */
  who: string;
  path: string;
  audiences?: readonly AudienceView[];
  people?: readonly PersonView[];
  /** The owner is looking as somebody now. */
  looking?: boolean;
};

const KINDS = ["stranger", "subscriber", "friend"] as const;

/** As whom the owner looks at their own page. */
export function AsBar({ t, who, path, audiences = [], people = [], looking = false }: Props) {
  return (
    <form class="as-bar" method="get" action="/profile/as">
      <label for="as">
        <Icon name="eye" /> {t.as.label}
      </label>
      <select id="as" name="who">
        {KINDS.map((kind) => (
          <option value={kind} selected={kind === who}>
            {t.as.who[kind]}
          </option>
        ))}
        {audiences.map(({ id, name }) => (
          <option value={id} selected={id === who}>
            {t.as.somebodyIn(name)}
          </option>
        ))}
        {people.map(({ id, name }) => (
          <option value={id} selected={id === who}>
            {name}
          </option>
        ))}
      </select>
      <input type="hidden" name="path" value={path} />
      <button class="btn" type="submit">
        {t.as.go}
      </button>
      {looking ? (
        <a class="btn push" href="/profile">
          {t.as.back}
        </a>
      ) : null}
    </form>
  );
}
