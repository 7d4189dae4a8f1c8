import { isOpen } from "../../../social/posts/reach.ts";
import type { PostView } from "../../../social/posts/view.ts";

type State = "pending" | "accepted" | "rejected" | "deleted";

/** `quoted_status` is whole, and what that quotes itself is only named by its id. */
export type Quote<Status> =
  | { state: State; quoted_status: Status | null }
  | { state: State; quoted_status_id: string | null };

/** `whole`: makes the quoted status, for one level; null: below that. */
export function quoteOf<Status>(
  post: PostView,
  whole: ((id: string) => Status | null) | null,
): Quote<Status> | null {
  const { quote } = post;
  if (quote === null) return null;
  const shown = quote.state === "approved" ? quote.post : null;
  const state = stateOf(quote.state, shown !== null);
  if (whole === null) return { state, quoted_status_id: shown?.sortKey ?? null };
  const quoted = shown === null ? null : whole(shown.id);
  return { state: stateOf(quote.state, quoted !== null), quoted_status: quoted };
}

function stateOf(state: "waiting" | "approved" | "refused", isHere: boolean): State {
  if (state === "approved") return isHere ? "accepted" : "deleted";
  return state === "waiting" ? "pending" : "rejected";
}

export type QuoteApproval = {
  automatic: ("public" | "followers")[];
  manual: ("public" | "followers")[];
  current_user: "automatic" | "manual" | "denied" | "unknown";
};

/** Who may quote a post, and whether the owner may. Of others who said nothing: one may ask. */
export function quoteApprovalOf({ own, reach, quotable, author }: PostView): QuoteApproval {
  if (!isOpen(reach)) return { automatic: [], manual: [], current_user: "denied" };
  switch (quotable) {
    case "everyone":
      return { automatic: ["public"], manual: [], current_user: "automatic" };
    case "subscribers": {
      const counts = own || author.subscribed === "accepted";
      return { automatic: ["followers"], manual: ["public"], current_user: counts ? "automatic" : "manual" };
    }
    case "nobody":
      return { automatic: [], manual: [], current_user: own ? "automatic" : "denied" };
    case "":
      return { automatic: [], manual: ["public"], current_user: "manual" };
  }
}
