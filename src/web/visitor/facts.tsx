import type { PersonView } from "../../social/people/view.ts";
import type { ProfileCard } from "../../social/profile/card.ts";
import { fieldHtml } from "../../social/profile/fields.ts";
import { shortAddress } from "../html/face.tsx";
import { Facts } from "../html/facts.tsx";
import type { Messages } from "../messages/en.ts";

/** Above the name, wide; what it shows is for the eye only. */
export function Banner({ mediaId }: { mediaId: string }) {
  if (mediaId === "") return null;
  return <img class="banner" src={`/media/${mediaId}`} alt="" width="1200" height="320" />;
}

/** The lines of a profile that are for this viewer; nothing at all when there are none. */
export function CardFacts({ t, card }: { t: Messages; card: ProfileCard }) {
  const facts = card.fields.map((field) => ({ label: field.label, html: fieldHtml(field, t.locale) }));
  return <Facts facts={facts} />;
}

/** Whom the owner is friends with, for whoever may know that. */
export function FriendsList({ t, friends }: { t: Messages; friends: PersonView[] }) {
  if (friends.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="friends">
      <h2 id="friends">{t.lines.friendsHeading}</h2>
      <ul>
        {friends.map((friend) => (
          <li>
            <bdi>{friend.name}</bdi>{" "}
            <span class="small muted" dir="ltr">
              @{shortAddress(friend.address)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
