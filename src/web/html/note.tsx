import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";
import type { SymbolName } from "./symbols.ts";

/** Something to know before going on. stop is read out at once. */
export function Note({
  tone,
  icon,
  children,
}: {
  tone: "calm" | "warn" | "stop" | "plain";
  icon: SymbolName;
  children: ComponentChildren;
}) {
  return (
    <div class={`note${tone === "plain" ? "" : ` ${tone}`}`} role={tone === "stop" ? "alert" : undefined}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}
