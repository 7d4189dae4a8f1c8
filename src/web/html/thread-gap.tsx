import type { Gap } from "../../social/threads/gap.ts";
import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Moment } from "./time.tsx";

type GapProps = { t: Messages; now: number; token: string; path: string; gap: Gap | null };

/** What of a thread is not here, in full view, with the button that looks for it. */
export function ThreadGap({ t, now, token, path, gap }: GapProps) {
  if (gap === null) return null;
  if (gap.at === "looking") {
    return (
      <div class="gap">
        <div class="grow">
          <b data-say>{gap.left > 0 ? t.thread.left(gap.left) : t.thread.looking}</b>
          {gap.listOff ? <p class="small muted">{t.thread.listOff}</p> : null}
        </div>
        <a class="btn" href={path} aria-busy="true">
          {t.thread.show}
        </a>
      </div>
    );
  }
  return (
    <Form action={`${path}/look`} token={token} class="gap">
      <div class="grow">
        <b data-say>{headOf(t, gap)}</b>
        {gap.at === "looked" ? <Found t={t} now={now} gap={gap} /> : null}
      </div>
      <button class="btn" type="submit">
        <Icon name="down" />
        {gap.at === "never" ? t.thread.look : gap.missing > 0 ? t.thread.fetch : t.thread.again}
      </button>
    </Form>
  );
}

function headOf(t: Messages, gap: Exclude<Gap, { at: "looking" }>): string {
  if (gap.at === "never") return t.thread.mayBeMore;
  if (gap.missing > 0) return t.thread.notFetched(gap.missing);
  return gap.listOff || gap.listOutside || gap.listRefused || gap.cut ? t.thread.mayBeMore : t.thread.allHere;
}

function Found({ t, now, gap }: { t: Messages; now: number; gap: Gap & { at: "looked" } }) {
  const why = [
    gap.off > 0 ? t.thread.off(gap.off) : "",
    gap.outside > 0 ? t.thread.outside(gap.outside) : "",
    gap.gone > 0 ? t.thread.gone(gap.gone) : "",
    gap.listOff ? t.thread.listOff : "",
    gap.listOutside ? t.thread.listOutside : "",
    gap.listRefused ? t.thread.listRefused : "",
    gap.cut ? t.thread.cut : "",
  ];
  return (
    <>
      {why
        .filter((line) => line !== "")
        .map((line) => (
          <p class="small">{line}</p>
        ))}
      <p class="small muted">
        {gap.lookedAt === 0 ? (
          t.thread.neverRead
        ) : (
          <>
            {t.thread.lookedAt} <Moment t={t} at={gap.lookedAt} now={now} />
          </>
        )}
      </p>
    </>
  );
}
