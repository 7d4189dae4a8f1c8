/** What is wrong with the bones of a page: one h1, no level of headings skipped, one place that speaks up. */
export function brokenBones(html: string): string[] {
  const levels = [...html.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
  const skipped = levels.some((level, at) => level > (levels[at - 1] ?? 0) + 1);
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  const count = (pattern: RegExp) => [...html.matchAll(pattern)].length;
  return [
    ...(count(/<h1\b/g) === 1 ? [] : [`${count(/<h1\b/g)} h1`]),
    ...(skipped ? [`headings ${levels.join(" ")}`] : []),
    ...(count(/role="status"/g) === 1 ? [] : [`${count(/role="status"/g)} role=status`]),
    ...(new Set(ids).size === ids.length ? [] : ["an id twice"]),
    ...(/\sstyle="/.test(html) ? ["a style attribute"] : []),
    ...(/<form(?![^>]*method="get")(?:(?!<\/form>).)*<\/form>/s.test(html) && !html.includes('name="form"')
      ? ["a form without its token"]
      : []),
  ];
}

/** The words of a page as a reader sees them, in one line. */
export function wordsOfPage(html: string): string {
  return html
    .replace(/<(?:svg|script|style|title)\b.*?<\/(?:svg|script|style|title)>/gs, "")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();
}
