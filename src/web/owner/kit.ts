import type { Request, Response, Router } from "express";
import type { ComponentChildren, VNode } from "preact";
import type { NavName } from "../html/app-page.tsx";
import type { Language } from "../html/document.tsx";
import type { Messages } from "../messages/en.ts";
import type { OwnerActing, OwnerPorts } from "../ports.ts";
import type { Fields } from "./fields.ts";
import type { Kept, KeptSeal } from "./kept.tsx";
import type { Session } from "./session.ts";

/** What a page of the owner is made of, inside the frame that all share. */
export type PageParts = {
  /** The kind of page only, never a person or a word of content. */
  title: string;
  current?: NavName;
  main: ComponentChildren;
  side?: ComponentChildren;
  status?: number;
  /** Seconds; only for pages that wait for something. */
  refresh?: number;
  /** Two columns beside each other, where there is room. */
  wide?: boolean;
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
  /** For `<Form>` or `<FormToken>`. */
  token: string;
  /** A part of the path, e.g. "id"; "" when it is not there. */
  part(name: string): string;
  show(page: PageParts): Promise<void>;
  /** A page with a frame of its own. */
  showWhole(page: VNode, status?: number): void;
  /** On to another page of ours (303), after a change. `said`: shown there once. */
  go(path: string, said?: string): void;
};

export type Work = (visit: Visit) => Promise<void>;

/** Handed to whoever adds pages. Both ways look that the pages are open, and show the unlock page otherwise. */
export type Kit = {
  readonly ports: OwnerPorts;
  get(router: Router, path: string, work: Work): void;
  /** Checked for the form's token; a NodeError becomes a sentence above what was typed. */
  post(router: Router, path: string, work: Work): void;
  /** A change our script makes, with the token in "x-tssop-form": the body is left for `work` to read. */
  raw(router: Router, path: string, work: Work): void;
  /** Where a link to the outside leads: a page that says what it costs. */
  leaveUrl(href: string): string;
  /** Sanitised HTML with its links turned to our own pages: `inside` knows some, the others go to the leave page. */
  outward(html: string, inside?: (href: string, hashtag: boolean) => string | null): string;
};

/** Before anybody is in: the language the browser asks for, and a token for the forms of the gates. */
export type Stranger = { req: Request; res: Response; t: Messages; lang: Language; token: string };

/** What the gates add: opening a visit for somebody who has just come in, and sending away who may not. */
export type Doors = {
  readonly kept: KeptSeal;
  stranger(req: Request, res: Response): Stranger;
  /** Starts a session; null when the pages are locked meanwhile. */
  letIn(req: Request, res: Response, fields: Fields): Promise<Visit | null>;
  /** The start, the wait or the unlock page, as it is. */
  sendToGate(req: Request, res: Response, kept: Kept | null): void;
  fitsGate(fields: Fields): boolean;
};
