import { Fragment, type VNode } from "preact";

/** Where a link leads from here. */
export type LinkTo = (href: string) => string;

type Block = { kind: "words" | "quote" | "code"; lines: string[] };

/**
 * Marks for code, bold and italic, and addresses; nothing else is more than letters. Letters that turn the direction end an
 * address: it reads as it leads.
 */
const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\s](?:[^*\n]*[^*\s])?)\*|(https?:\/\/[^\s<>"\u200e\u200f\u202a-\u202e\u2066-\u2069]+)/g;

/** A message as it is shown: words with few marks, never HTML and never a picture from elsewhere (B13). */
export function MessageText({ text, link }: { text: string; link: LinkTo }) {
  return (
    <div class="said-text" dir="auto">
      {blocksOf(text).map(({ kind, lines }) => {
        if (kind === "code") return <pre>{lines.join("\n")}</pre>;
        const words = lines.map((line, at) => (
          <Fragment>
            {at === 0 ? null : <br />}
            {inline(line, link)}
          </Fragment>
        ));
        return kind === "quote" ? <blockquote>{words}</blockquote> : <p>{words}</p>;
      })}
    </div>
  );
}

/** One line of it, without marks. */
export function firstLine(text: string): string {
  const line = text.split("\n").find((one) => one.trim() !== "" && !one.startsWith("```")) ?? "";
  return line.replace(/^> ?/, "").replace(/(\*\*|`)([^*`]+)\1/g, "$2");
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  let fenced = false;
  const into = (kind: Block["kind"]): Block => {
    if (open?.kind === kind) return open;
    open = { kind, lines: [] };
    blocks.push(open);
    return open;
  };
  for (const line of text.split("\n")) {
    if (line.startsWith("```")) {
      fenced = !fenced;
      open = null;
    } else if (fenced) into("code").lines.push(line);
    else if (line.trim() === "") open = null;
    else if (/^> ?/.test(line)) into("quote").lines.push(line.replace(/^> ?/, ""));
    else into("words").lines.push(line);
  }
  return blocks;
}

function inline(line: string, link: LinkTo): (string | VNode)[] {
  const parts: (string | VNode)[] = [];
  let at = 0;
  for (const match of line.matchAll(INLINE)) {
    const [all, code, bold, italic, href] = match;
    parts.push(line.slice(at, match.index));
    at = match.index + all.length;
    if (code !== undefined) parts.push(<code>{code}</code>);
    else if (bold !== undefined) parts.push(<b>{bold}</b>);
    else if (italic !== undefined) parts.push(<i>{italic}</i>);
    else if (href !== undefined) parts.push(...address(href, link));
  }
  parts.push(line.slice(at));
  return parts.filter((part) => part !== "");
}

/** What ends the sentence around it is no part of it. */
const AFTER_ADDRESS = /[.,;:!?'’»”)\]*]+$/;

function address(found: string, link: LinkTo): (string | VNode)[] {
  const after = AFTER_ADDRESS.exec(found)?.[0] ?? "";
  const href = after === "" ? found : found.slice(0, -after.length);
  return [
    <a href={link(href)} dir="ltr">
      {href}
    </a>,
    after,
  ];
}
