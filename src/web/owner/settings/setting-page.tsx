import type { ComponentChildren } from "preact";
import { PageHead } from "../../html/page-head.tsx";
import type { PageParts, Visit } from "../kit.ts";

type Up = { path: string; name: string };

/** From what is set of the profile on a page of its own, back to the profile. */
export function profileUp({ settings }: Visit["t"]): Up {
  return { path: "/settings/profile", name: settings.profile };
}

/** One setting on a page of its own, with the way back. */
export function settingPage(
  { t }: Pick<Visit, "t">,
  heading: string,
  main: ComponentChildren,
  status = 200,
  up: Up = { path: "/settings", name: t.settings.title },
): PageParts {
  return {
    title: t.settings.title,
    current: "settings",
    status,
    main: (
      <>
        <PageHead up={up.path} back={up.name}>
          {heading}
        </PageHead>
        {main}
      </>
    ),
  };
}
