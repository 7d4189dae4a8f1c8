/** A letter's row has one column for what it says: the token, and whether it is the answer. */
export function togetherDetail(token: string, yes: boolean): string {
  return `${token} ${yes ? "yes" : ""}`.trim();
}

export function readDetail(detail: string): { token: string; yes: boolean } {
  const [token = "", yes] = detail.split(" ");
  return { token, yes: yes === "yes" };
}
