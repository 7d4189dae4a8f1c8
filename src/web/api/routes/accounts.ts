import type { Page } from "../../../lib/page.ts";
import { unreadCounts } from "../../../social/notices/notices.ts";
import { personByAddress } from "../../../social/people/find.ts";
import { listPeople } from "../../../social/people/list.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { pinnedPosts, postsOf } from "../../../social/posts/timelines.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { cardFor } from "../../../social/profile/card.ts";
import { fieldHtml } from "../../../social/profile/fields.ts";
import { ownLocale } from "../../../social/profile/locale.ts";
import { personFields } from "../../../social/profile/person-fields.ts";
import { profile } from "../../../social/profile/profile.ts";
import { aStranger, theOwner } from "../../../social/viewer.ts";
import { type Answer, type Call, siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { flag, list, text, whole } from "../fields.ts";
import { ownerOf, personOf, statusesOf } from "../find.ts";
import { askedPage, pagedAnswer, sift } from "../paging.ts";
import { notFound } from "../refuse.ts";
import { accountOf, credentialsOf } from "../shapes/account.ts";
import { relationshipOf } from "../shapes/relationship.ts";
import { findPeople } from "./search.ts";

/** Reading about people. */
export function accountRoutes(door: Door): void {
  door.get("/api/v1/accounts/verify_credentials", "read:accounts", credentials);
  door.get("/api/v1/accounts/lookup", "read:accounts", lookup);
  door.get("/api/v1/accounts/relationships", "read:follows", relationships);
  door.get("/api/v1/accounts/search", "read:accounts", search);
  door.get("/api/v1/accounts/:id", "read:accounts", async (call) => ({
    json: await wholeAccount(call, await personOf(call, call.part("id"))),
  }));
  door.get("/api/v1/accounts/:id/statuses", "read:statuses", statuses);
  door.get("/api/v1/accounts/:id/followers", "read:accounts", (call) => circle(call, "subscribers"));
  door.get("/api/v1/accounts/:id/following", "read:accounts", (call) => circle(call, "subscribed"));
  door.get("/api/v1/blocks", "read:blocks", (call) => people(call, "blocked"));
}

async function credentials(call: Call): Promise<Answer> {
  const { me, read } = call.acting;
  const { about } = await profile(read, me);
  const { requests } = await unreadCounts(read, call.acting.now());
  const lines = await ownLines(call);
  return { json: credentialsOf(await ownerOf(call), { about, requests, lines }, siteOf(call)) };
}

/** With the lines of the profile: they stand on an account that is looked at, not in lists of them. */
async function wholeAccount(call: Call, person: PersonView) {
  const { read } = call.acting;
  const lines = person.isOwner ? await ownLines(call) : await personFields(read, person.id);
  return accountOf(person, siteOf(call), lines);
}

/** Of the owner those that everyone sees: an app shows an account as others would see it. */
async function ownLines({ acting: { read, me } }: Call) {
  const { fields } = await cardFor(read, me, aStranger);
  const locale = await ownLocale(read);
  return fields.map((field) => ({ label: field.label, html: fieldHtml(field, locale) }));
}

/** Who is known here by this name; nobody is asked. */
async function lookup(call: Call): Promise<Answer> {
  const { me, read } = call.acting;
  const asked = (text(call.fields, "acct") ?? "").trim().replace(/^@/, "").toLowerCase();
  const person = await personByAddress(read, asked.includes("@") ? asked : `${asked}@${me.onion}`);
  if (person === null) throw notFound();
  return { json: await wholeAccount(call, person) };
}

/** Ids nobody has are left out. */
async function relationships(call: Call): Promise<Answer> {
  const ids = new Set(list(call.fields, "id"));
  const found = await Promise.all([...ids].map((id) => personOf(call, id).catch(() => null)));
  const now = call.acting.now();
  return { json: found.flatMap((person) => (person === null ? [] : [relationshipOf(person, now)])) };
}

async function search(call: Call): Promise<Answer> {
  const found = await findPeople(call, {
    words: (text(call.fields, "q") ?? "").trim(),
    resolve: flag(call.fields, "resolve"),
    limit: whole(call.fields, "limit", { normal: 40, min: 1, max: 80 }),
  });
  const wanted = flag(call.fields, "following") ? found.filter((p) => p.subscribed === "accepted") : found;
  return { json: wanted.map((person) => accountOf(person, siteOf(call))) };
}

async function statuses(call: Call): Promise<Answer> {
  const { me, read } = call.acting;
  const person = await personOf(call, call.part("id"));
  const { fields } = call;
  if (flag(fields, "only_media") || text(fields, "tagged")) return { json: [] };
  if (flag(fields, "pinned"))
    return { json: await statusesOf(call, await pinnedPosts(read, me, person.id, theOwner)) };
  const noReplies = flag(fields, "exclude_replies");
  const noBoosts = flag(fields, "exclude_reblogs");
  const wanted = (post: PostView) =>
    (!noReplies || post.replyToId === "") && (!noBoosts || post.boostOf === null);
  const got = await sift(askedPage(fields), (page) => postsOf(read, me, person.id, theOwner, page), wanted);
  return pagedAnswer(call, await statusesOf(call, got.items), got);
}

/** The owner sees their own circle; of others' nobody tells. */
async function circle(call: Call, which: "subscribers" | "subscribed"): Promise<Answer> {
  const person: PersonView = await personOf(call, call.part("id"));
  return person.isOwner ? people(call, which) : { json: [] };
}

export async function people(call: Call, which: Parameters<typeof listPeople>[1]): Promise<Answer> {
  const page: Page = askedPage(call.fields, 40).page;
  const got = await listPeople(call.acting.read, which, page, call.acting.now());
  const accounts = got.items.map((person) => accountOf(person, siteOf(call)));
  return pagedAnswer(call, accounts, got);
}
