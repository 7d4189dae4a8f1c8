import { Icon } from "./icon.tsx";
import type { SymbolName } from "./symbols.ts";

export type MenuItem = { path: string; icon: SymbolName; name: string; hint: string };

/** Ways to other pages, one below the other, each with what waits there. */
export function MenuList({ items, label }: { items: MenuItem[]; label: string }) {
  return (
    <nav class="card" aria-label={label}>
      <ul class="list ways">
        {items.map(({ path, icon, name, hint }) => (
          <li>
            <a class="who-line name" href={path}>
              <Icon name={icon} big />
              <span class="grow">
                <b>{name}</b>
                {hint === "" ? null : <span class="small muted">{hint}</span>}
              </span>
              <Icon name="next" turn />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
