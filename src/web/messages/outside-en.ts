export const outsideEn = {
  outside: {
    title: "Servers outside",
    hint: "Where TSSOP may go beyond the onion network",
    lead: "People on ordinary servers have addresses like anna@mastodon.example. TSSOP reaches such a server through a Tor exit, with a certificate that is checked. The server does not learn where you are. It learns your onion address and that you use TSSOP, and whoever runs it can read what you exchange with people there.",
    question: (host: string) =>
      `${host} is outside the onion network. We reach it through a Tor exit, and it learns your onion address. Allow?`,
    asks: "Waiting for your decision",
    asksNone: "Nothing waits for a decision.",
    claims: "Something there wants to reach you, or you looked for somebody there.",
    allow: "Allow",
    refuse: "Do not allow",
    allowed: "Allowed",
    allowedNone: "No server yet. TSSOP stays within the onion network.",
    refused: "Not allowed",
    stop: "Do not go there any more",
    since: (when: string) => `Since ${when}`,
    allowedNow: (host: string) => `TSSOP may go to ${host} now.`,
    refusedNow: (host: string) => `TSSOP does not go to ${host}.`,
    more: "Further servers",
  },
};
