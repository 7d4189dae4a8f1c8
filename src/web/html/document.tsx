import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";

export type Language = "en" | "de";

type DocumentProps = {
  lang: Language;
  /** The kind of page only: a title is kept by the browser, so it never names a person or a word of content. */
  title: string;
  bodyClass: string;
  /** Seconds until the page asks for itself again where there is no script; only for pages that wait. */
  refresh?: number | undefined;
  /** Goes on there at once, by itself. */
  onward?: string;
  script?: boolean;
  /** Read by the script: "open" listens for changes, "waiting" asks again by itself, "locked" keeps nothing. */
  state?: "open" | "waiting" | "locked" | undefined;
  /** A style and scripts that only such pages have, by name. */
  also?: { sheet?: string; scripts: string[] } | undefined;
  children: ComponentChildren;
};

export function Document({
  lang,
  title,
  bodyClass,
  refresh,
  onward,
  script = true,
  state,
  also,
  children,
}: DocumentProps) {
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>{`${title} · TSSOP`}</title>
        <meta name="color-scheme" content="light dark" />
        {onward === undefined ? null : <meta http-equiv="refresh" content={`0; url=${onward}`} />}
        {refresh === undefined ? null : <Refresh seconds={refresh} script={script} />}
        <link rel="stylesheet" href="/assets/tssop.css" />
        {also?.sheet === undefined ? null : <link rel="stylesheet" href={`/assets/${also.sheet}.css`} />}
        <link rel="icon" href="/assets/icons/mark.svg" type="image/svg+xml" />
        {script
          ? ["app", "writing", "choosing", "telling", ...(also === undefined ? [] : also.scripts)].map(
              (name) => <script src={`/assets/${name}.js`} defer />,
            )
          : null}
      </head>
      <body class={bodyClass} data-state={state}>
        {children}
      </body>
    </html>
  );
}

/** With a script the page follows what happens by itself, without losing the place of the reader. */
function Refresh({ seconds, script }: { seconds: number; script: boolean }) {
  const meta = <meta http-equiv="refresh" content={String(seconds)} />;
  return script ? <noscript>{meta}</noscript> : meta;
}

export function rendered(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
