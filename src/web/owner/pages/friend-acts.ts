import { acceptFriend, declineFriend } from "../../../social/friends/answer.ts";
import { askToBeFriends } from "../../../social/friends/ask.ts";
import { changeRole } from "../../../social/friends/change-role.ts";
import { confirmFriend } from "../../../social/friends/confirm.ts";
import { endFriendship } from "../../../social/friends/end.ts";
import { withdrawOffer } from "../../../social/friends/withdraw.ts";
import type { PersonView } from "../../../social/people/view.ts";
import type { Visit } from "../kit.ts";

type Act = (visit: Visit, person: PersonView) => Promise<unknown>;

/** What the buttons about friendship do, wherever they stand. */
export const friendActs: Readonly<Record<string, Act>> = {
  "friend-ask": ({ acting, now, fields }, { id }) =>
    acting.transact((tx) => askToBeFriends(tx, acting.me, id, fields.text("words"), now, acting.random)),
  "friend-withdraw": ({ acting, now }, { id }) => acting.transact((tx) => withdrawOffer(tx, id, now)),
  "friend-accept": ({ acting, now }, { id }) => acting.transact((tx) => acceptFriend(tx, id, now)),
  "friend-decline": ({ acting, now }, { id }) => acting.transact((tx) => declineFriend(tx, id, now)),
  "friend-end": ({ acting, now }, { id }) => acting.transact((tx) => endFriendship(tx, id, now)),
  "friend-confirm": ({ acting, now }, { id }) =>
    acting.transact((tx) => confirmFriend(tx, acting.me, id, now)),
  "friend-role": ({ acting, fields }, { id }) =>
    acting.transact((tx) => changeRole(tx, id, fields.text("role"))),
};
