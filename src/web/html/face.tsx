import type { PersonView } from "../../social/people/view.ts";

/** A person's picture, or their first letters on a ground that stays the same for them. */
export function Face({
  person,
  size = "",
  media,
}: {
  person: PersonView;
  size?: "" | "s" | "l" | "xl";
  media: string;
}) {
  const tone = (Number.parseInt(person.id.slice(0, 4), 16) % 6) + 1;
  return (
    <span class={`face t${tone}${size === "" ? "" : ` ${size}`}`} aria-hidden="true">
      {person.pictureUrl === "" ? (
        initials(person.name)
      ) : (
        <img src={`${media}/${person.id}`} alt="" width="96" height="96" loading="lazy" />
      )}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s_-]+/).filter((word) => word !== "");
  const [first = "?", last = ""] = [words[0], words.length > 1 ? words.at(-1) : ""];
  return ([...first].slice(0, 1).join("") + [...last].slice(0, 1).join("")).toUpperCase();
}

/** "abcd…wxyz.onion": enough to tell two apart at a glance; the whole address stands elsewhere on the page. */
export function shortAddress(address: string): string {
  return address.replace(/@([a-z2-7]{4})[a-z2-7]{48}([a-z2-7]{4})\.onion$/, "@$1…$2.onion");
}
