/** A name or title by others: one line, no control or direction characters, at most that many letters (A31). */
export function plainText(text: unknown, letters: number): string {
  const cleaned = String(text ?? "")
    .slice(0, letters * 16)
    .normalize("NFKC")
    .replace(/[\p{White_Space}\p{Cc}]+/gu, " ")
    .replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, (mark) => (mark === "\u200d" || mark === "\ufe0f" ? mark : ""))
    .trim();
  return [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(cleaned)]
    .slice(0, letters)
    .map((part) => part.segment)
    .join("")
    .slice(0, letters * 8);
}
