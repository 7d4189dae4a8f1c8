import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import type { VNode } from "preact";

export type Language = "en" | "de";

type DocumentProps = {
  lang: Language;
  /** The kind of page only: a title is kept by the browser, so it never names a person or a word of content. */
  title: string;
  bodyClass: string;
  /** Seconds until the page asks for itself again; only for pages that wait. */
  refresh?: number | undefined;
  script?: boolean;
  children: ComponentChildren;
};

export function Document({ lang, title, bodyClass, refresh, script = true, children }: DocumentProps) {
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>{`${title} · TSSOP`}</title>
        <meta name="color-scheme" content="light dark" />
        {refresh === undefined ? null : <meta http-equiv="refresh" content={String(refresh)} />}
        <link rel="stylesheet" href="/assets/tssop.css" />
        <link rel="icon" href="/assets/icons/mark.svg" type="image/svg+xml" />
        {script ? <script src="/assets/app.js" defer /> : null}
      </head>
      <body class={bodyClass}>{children}</body>
    </html>
  );
}

export function rendered(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
