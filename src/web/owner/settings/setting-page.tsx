import type { ComponentChildren } from "preact";
import { Icon } from "../../html/icon.tsx";
import type { PageParts, Visit } from "../kit.ts";

/** One setting on a page of its own, with the way back. */
export function settingPage({ t }: Visit, heading: string, main: ComponentChildren, status = 200): PageParts {
  return {
    title: t.settings.title,
    current: "settings",
    status,
    main: (
      <>
        <div class="page-head">
          <p class="up">
            <a href="/settings">
              <Icon name="back" turn />
              {t.settings.title}
            </a>
          </p>
          <h1>{heading}</h1>
        </div>
        {main}
      </>
    ),
  };
}
