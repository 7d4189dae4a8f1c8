import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

/** The heading of a page that lies below another, and the way back up. */
export function PageHead({ up, back, children }: { up: string; back: string; children: ComponentChildren }) {
  return (
    <div class="page-head">
      <p class="up">
        <a href={up}>
          <Icon name="back" turn />
          {back}
        </a>
      </p>
      <h1>{children}</h1>
    </div>
  );
}
