type ProseProps = {
  /** Sanitised, its links turned inward: see Kit.outward. */
  html: string;
  lang?: string | undefined;
  class?: string;
};

/** What somebody wrote, as the store keeps it. */
export function Prose({ html, lang, class: name = "prose" }: ProseProps) {
  return (
    <div class={name} dir="auto" lang={lang} dangerouslySetInnerHTML={{ __html: quietHeadings(html) }} />
  );
}

/** A heading inside a post is no heading of our page: whoever goes from heading to heading would lose their way. */
export function quietHeadings(html: string): string {
  return html.replace(/<h[1-6]>/g, "<p><b>").replace(/<\/h[1-6]>/g, "</b></p>");
}
