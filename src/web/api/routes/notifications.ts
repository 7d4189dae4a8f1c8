import { listNotices } from "../../../social/notices/list.ts";
import { markNoticesRead, unreadCounts } from "../../../social/notices/notices.ts";
import type { NoticeView } from "../../../social/notices/view.ts";
import { type Answer, type Call, siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { list, text } from "../fields.ts";
import { statusesOf } from "../find.ts";
import { askedPage, pagedAnswer, sift } from "../paging.ts";
import { notFound } from "../refuse.ts";
import { type Notification, notificationOf, typeOf } from "../shapes/notification.ts";

/** What the owner should know of. Notices apps have no word for are left out. */
export function notificationRoutes(door: Door): void {
  door.get("/api/v1/notifications", "read:notifications", notifications);
  door.get("/api/v1/notifications/unread_count", "read:notifications", async (call) => ({
    json: { count: (await unreadCounts(call.acting.read, call.acting.now())).notices },
  }));
  door.post("/api/v1/notifications/clear", "write:notifications", clear);
  door.get("/api/v1/notifications/:id", "read:notifications", one);
}

async function notifications(call: Call): Promise<Answer> {
  const { me, read } = call.acting;
  const wanted = wish(call);
  const got = await sift(
    askedPage(call.fields, 40),
    (page) => listNotices(read, me, page, call.acting.now()),
    wanted,
  );
  const shaped = await shape(call, got.items);
  return pagedAnswer(call, shaped, got);
}

function wish(call: Call): (notice: NoticeView) => boolean {
  const types = list(call.fields, "types");
  const not = list(call.fields, "exclude_types");
  const account = text(call.fields, "account_id") ?? "";
  return (notice) => {
    const type = typeOf(notice.kind);
    if (type === null || not.includes(type)) return false;
    if (account !== "" && notice.person.sortKey !== account) return false;
    return types.length === 0 || types.includes(type);
  };
}

/** A notice is found by its place in the list: the first one below the id that follows its own. */
async function one(call: Call): Promise<Answer> {
  const id = call.part("id");
  if (!/^\d{21}$/.test(id)) throw notFound();
  const before = String(BigInt(id) + 1n).padStart(21, "0");
  const got = await listNotices(call.acting.read, call.acting.me, { before, limit: 1 }, call.acting.now());
  const [notification] = await shape(
    call,
    got.items.filter((notice) => notice.sortKey === id),
  );
  if (notification === undefined) throw notFound();
  return { json: notification };
}

async function shape(call: Call, notices: readonly NoticeView[]): Promise<Notification[]> {
  const posts = notices.flatMap(({ post }) => post ?? []);
  const statuses = new Map((await statusesOf(call, posts)).map((status) => [status.id, status]));
  return notices.flatMap((notice) => {
    const type = typeOf(notice.kind);
    const status = statuses.get(notice.post?.sortKey ?? "") ?? null;
    return type === null ? [] : [notificationOf(notice, type, status, siteOf(call))];
  });
}

/** Notices stay; all of them count as read. */
async function clear(call: Call): Promise<Answer> {
  await call.acting.transact((tx) => markNoticesRead(tx, call.acting.now()));
  return { json: {} };
}
