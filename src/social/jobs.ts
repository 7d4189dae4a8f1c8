/** Work that actions leave behind, by kind. `about` holds references only; a job is rendered when it is sent. */
export type SocialJob =
  | { kind: "post"; about: { postId: string; personId: string } }
  | { kind: "delete"; about: { uri: string; personId: string } }
  | { kind: "follow"; about: { personId: string } }
  | { kind: "unfollow"; about: { personId: string; uri: string } }
  | { kind: "accept"; about: { personId: string } }
  | { kind: "reject"; about: { personId: string; uri: string } }
  | { kind: "profile"; about: { personId: string } };
