import { makeAudience } from "../../src/social/audiences/make.ts";
import { putIn } from "../../src/social/audiences/put-in.ts";
import { homeTimeline } from "../../src/social/posts/timelines.ts";
import type { PostView } from "../../src/social/posts/view.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { type Answer, hiddenFields, type OwnerBrowser, ownerBrowser } from "./owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "./owner-desk.ts";

/** What a form sends, several of one name too. */
export type Texts = [string, string][];

/** The owner's pages, with Mia, Ben and Jonas, who subscribe and are in Family. */
export interface Choosing extends AsyncDisposable {
  readonly desk: OwnerDesk;
  readonly browser: OwnerBrowser;
  readonly family: string;
  readonly people: Record<"Mia" | "Ben" | "Jonas", string>;
  /** As a browser without script sends a form: its hidden fields, and these. */
  send(page: Answer, action: string, fields: Texts): Promise<Answer>;
  /** "Cake", with these, from a page or from a new one. */
  write(fields: Texts, page?: Answer): Promise<Answer>;
  toFamily(): Texts;
  posts(): Promise<PostView[]>;
  newest(): Promise<PostView>;
}

export async function openChoosing(): Promise<Choosing> {
  const desk = await openOwnerDesk();
  const browser = ownerBrowser(desk);
  await browser.enter();
  const { acting, house } = desk;
  const meet = async (name: string) => {
    const person = await house.meet(name, `${name.toLowerCase()}.example`);
    await house.isAsked(person);
    await acting.transact((tx) => acceptRequest(tx, acting.me, person.id, acting.now()));
    return person.id;
  };
  const people = { Mia: await meet("Mia"), Ben: await meet("Ben"), Jonas: await meet("Jonas") };
  const family = await acting.transact((tx) => makeAudience(tx, "Family", acting.now(), acting.random));
  await acting.transact((tx) => putIn(tx, acting.me, family, Object.values(people), acting.now()));
  const send: Choosing["send"] = (page, action, fields) => {
    const body = new URLSearchParams(fields);
    for (const [name, value] of Object.entries(hiddenFields(page.text, action))) {
      if (!body.has(name)) body.append(name, value);
    }
    const parts = [...body].map(
      ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    return browser.upload(action, "x", `${parts.join("")}--x--\r\n`);
  };
  const posts = async () => (await homeTimeline(acting.read, acting.me, { limit: 80 })).items;
  return {
    ...{ desk, browser, family, people, send, posts },
    write: async (fields, page) =>
      send(page ?? (await browser.get("/")), "/posts", [["text", "Cake"], ...fields]),
    toFamily: () => [
      ["reach", "chosen"],
      ["in", family],
    ],
    async newest() {
      const [post] = await posts();
      if (post === undefined) throw new Error("nothing posted");
      return post;
    },
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}
