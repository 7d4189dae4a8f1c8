import { type Quotable, quotables } from "../../social/quotes/quotable.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";

/** Who may quote a post, folded away: most never need it. */
export function QuotableField({ t, quotable }: { t: Messages; quotable: Quotable }) {
  return (
    <details class="fold" open={quotable !== "everyone"}>
      <summary>
        <Icon name="message" />
        {t.quotes.who}
      </summary>
      <fieldset>
        <legend class="vh">{t.quotes.who}</legend>
        <div class="pick">
          {quotables.map((one) => (
            <label>
              <input type="radio" name="quotable" value={one} checked={one === quotable} />
              <span>{t.quotes.may[one]}</span>
            </label>
          ))}
        </div>
        <p class="hint">{t.quotes.mayHint}</p>
      </fieldset>
    </details>
  );
}
