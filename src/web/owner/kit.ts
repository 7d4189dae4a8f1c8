import type { Request, Response, Router } from "express";
import type { VNode } from "preact";
import type { Language } from "../html/document.tsx";
import type { NavName } from "../html/app-page.tsx";
import type { Messages } from "../messages/en.ts";
import type { OwnerActing, OwnerPorts } from "../ports.ts";
import type { Fields } from "./fields.ts";
import type { Session } from "./session.ts";

/** What a page of the owner is made of, inside the frame that all share. */
export type PageParts = {
  /** The kind of page only, never a person or a word of content. */
  title: string;
  current?: NavName;
  main: VNode;
  side?: VNode;
  status?: number;
  /** Seconds; only for pages that wait for something. */
  refresh?: number;
};

/** One request to a page of the owner, let in: the keys are here and the passphrase was given. */
export type Visit = {
  req: Request;
  res: Response;
  session: Session;
  acting: OwnerActing;
  t: Messages;
  lang: Language;
  now: number;
  /** What a form sent; of a GET: the query. */
  fields: Fields;
  /** For `<FormToken>` in each form. */
  token: string;
  show(page: PageParts): Promise<void>;
  /** On to another page of ours (303), after a change. */
  go(path: string): void;
};

export type Work = (visit: Visit) => Promise<void>;

/** Handed to whoever adds pages. Both look that the pages are open, and show the unlock page otherwise. */
export type Kit = {
  readonly ports: OwnerPorts;
  get(router: Router, path: string, work: Work): void;
  /** Checked for the form's token; a NodeError becomes a sentence above what was typed. */
  post(router: Router, path: string, work: Work): void;
  /** Where a link to the outside leads: a page that says what it costs. */
  leaveUrl(href: string): string;
};
