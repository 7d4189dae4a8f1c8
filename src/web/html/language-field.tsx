import type { Messages } from "../messages/en.ts";

/** Languages offered; another one that a post has is kept. */
const OFFERED =
  "ar bg bn ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu id is it ja ka ko ku lt lv mk ms nb nl nn pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh".split(
    " ",
  );

type Props = { t: Messages; id: string; language: string };

/** In which language a post is: for screen readers, for hyphens, and for whoever filters. */
export function LanguageField({ t, id, language }: Props) {
  const codes = language === "" || OFFERED.includes(language) ? OFFERED : [language, ...OFFERED];
  return (
    <span class="row fixed">
      <label class="small muted" for={id}>
        {t.language.label}
      </label>
      <select id={id} name="language">
        <option value="" selected={language === ""}>
          {t.language.none}
        </option>
        {codes.map((code) => (
          <option value={code} selected={code === language} lang={code}>
            {nameOf(code)}
          </option>
        ))}
      </select>
    </span>
  );
}

/** A language by its own name. */
function nameOf(code: string): string {
  return new Intl.DisplayNames([code], { type: "language", fallback: "code" }).of(code) ?? code;
}
