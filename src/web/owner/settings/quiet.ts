/** "22:00-07:00"; "" when there are none. */
const HOURS = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** null: it is no pair of times. Both empty: no quiet hours. */
export function quietOf(from: string, to: string): string | null {
  if (from === "" && to === "") return "";
  return TIME.test(from) && TIME.test(to) && from !== to ? `${from}-${to}` : null;
}

/** Also of what was only half typed. */
export function quietParts(quiet: string): { from: string; to: string } {
  const [from = "", to = ""] = quiet.split("-");
  return { from, to };
}

/** Whether they are now, by the clock of this device; over midnight too. */
export function quietNow(quiet: string, now: number): boolean {
  const { from, to } = quietParts(quiet);
  if (!HOURS.test(quiet)) return false;
  const date = new Date(now);
  const two = (n: number) => String(n).padStart(2, "0");
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return from < to ? from <= time && time < to : from <= time || time < to;
}
