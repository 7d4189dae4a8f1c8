import type { Citizen } from "./citizen.ts";

/** What lies at a path of the own pages, as the browser gets it. */
export async function fetched(who: Citizen, path: string): Promise<Buffer> {
  const answer = await who.page.request.get(who.person.owner + path);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`);
  return answer.body();
}
