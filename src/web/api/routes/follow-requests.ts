import { letIn } from "../../../social/gate/let-in.ts";
import { declineRequest } from "../../../social/subscriptions/answer.ts";
import type { Door } from "../door.ts";
import { notFound } from "../refuse.ts";
import { relation } from "./account-actions.ts";
import { people } from "./accounts.ts";

/** People who ask to subscribe, and the owner's answers. */
export function followRequestRoutes(door: Door): void {
  door.get("/api/v1/follow_requests", "read:follows", (call) => people(call, "requests"));
  door.post(
    "/api/v1/follow_requests/:id/authorize",
    "write:follows",
    relation((acting, person) => {
      if (person.subscriber !== "asked") throw notFound();
      return acting.transact((tx) => letIn(tx, acting.me, person.id, acting.now()));
    }),
  );
  door.post(
    "/api/v1/follow_requests/:id/reject",
    "write:follows",
    relation((acting, person) => {
      if (person.subscriber !== "asked") throw notFound();
      return acting.transact((tx) => declineRequest(tx, acting.me, person.id, acting.now()));
    }),
  );
}
