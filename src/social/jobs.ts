/** Work that actions leave behind, by kind. `about` holds references only; a job is rendered when it is sent. */
export type SocialJob =
  | { kind: "post"; about: { postId: string; personId: string } }
  /** A boost is delivered as a post, and taken back so. */
  | { kind: "unboost"; about: { uri: string; of: string; personId: string } }
  | { kind: "react"; about: { postId: string; personId: string; emoji: string } }
  | { kind: "unreact"; about: { uri: string; of: string; personId: string; emoji: string } }
  | { kind: "pin"; about: { postId: string; personId: string; on: string } }
  /** Somebody's answer in a thread of the owner's goes to another whom the thread is for; pass-off: it is deleted. */
  | { kind: "pass-on"; about: { postId: string; personId: string } }
  | { kind: "pass-off"; about: { uri: string; thread: string; personId: string } }
  | { kind: "delete"; about: { uri: string; personId: string } }
  | { kind: "follow"; about: { personId: string } }
  | { kind: "unfollow"; about: { personId: string; uri: string } }
  | { kind: "accept"; about: { personId: string } }
  | { kind: "reject"; about: { personId: string; uri: string } }
  | { kind: "offer" | "offer-accept" | "offer-withdraw"; about: { personId: string; uri: string } }
  | { kind: "friendship-end"; about: { personId: string } }
  | { kind: "introduce"; about: { personId: string; introducedId: string } }
  | { kind: "reply-answer"; about: { uri: string; postId: string; answerUri: string; personId: string } }
  | { kind: "quote-request"; about: { postId: string; personId: string } }
  | { kind: "quote-answer" | "quote-revoke"; about: { stampId: string; personId: string } }
  /** What it says is looked up when it is sealed. */
  | { kind: "letter"; about: { personId: string; letterId: string } }
  | { kind: "vote"; about: { postId: string; place: string; personId: string } }
  | { kind: "profile"; about: { personId: string } }
  | { kind: "report"; about: { personId: string; reportId: string } }
  | { kind: "move"; about: { personId: string; at: string } };
