import type { Request, Response } from "express";
import type { Viewer } from "../../social/access.ts";
import { isStillGuest } from "../../social/guests/enter.ts";
import type { Opened } from "../../social/guests/guest.ts";
import { isNoted } from "../../social/guests/visit.ts";
import { personById } from "../../social/people/find.ts";
import { aStranger, viewerOf } from "../../social/viewer.ts";
import type { VisitorPorts } from "../ports.ts";
import type { Sessions } from "./sessions.ts";

/** Who looks. `name`: as whom they read, "" for a stranger; `guestId`: "" when they are none. */
export type Visitor = { viewer: Viewer; name: string; guestId: string };

const stranger: Visitor = { viewer: aStranger, name: "", guestId: "" };

/** Asked at every request, of what is so now: who was taken out or ended a second ago is a stranger already. */
export async function viewerOfVisit(
  ports: VisitorPorts,
  sessions: Sessions,
  req: Request,
  res: Response,
): Promise<Visitor> {
  const acting = ports.acting();
  const reader = sessions.find(req);
  if (acting === null || reader === null) return stranger;
  const { read, me } = acting;
  const { personId, link } = reader;
  const viewer = await viewerOf(read, me.ownerId, personId);
  const person = await personById(read, personId);
  const isGood =
    viewer.kind === "person" &&
    viewer.blocked !== true &&
    person !== null &&
    !person.gone &&
    (viewer.guest === true) === (link !== "") &&
    (link === "" || (await isStillGuest(read, { personId, link })));
  if (isGood) return { viewer, name: person.name, guestId: link === "" ? "" : personId };
  res.setHeader("Set-Cookie", sessions.end(req));
  return stranger;
}

/** The owner sees what a guest opened, and when. */
export async function noteOpened(
  ports: VisitorPorts,
  visitor: Visitor,
  req: Request,
  opened: Opened,
): Promise<void> {
  const acting = ports.acting();
  if (acting === null || visitor.guestId === "" || req.method !== "GET") return;
  if (await isNoted(acting.read, visitor.guestId, opened, acting.now())) return;
  try {
    await ports.doors.opened(visitor.guestId, opened);
  } catch (error) {
    ports.log.error("what a guest opened could not be noted", error);
  }
}
