import type { Request, RequestHandler, Response } from "express";

/**
 * Who may speak to the owner's pages at all (facts: a web page anywhere can make the owner's browser send requests to
 * 127.0.0.1). Refusals close the connection and say no more than a sentence.
 */

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * On every answer. The referrer policy is same-origin: with no-referrer a browser sends "Origin: null" with our own forms
 * (Fetch, 3.2), and they could not be told from foreign ones; other places get no referrer either way.
 */
const HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": CSP,
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "X-DNS-Prefetch-Control": "off",
  "X-Robots-Tag": "noindex, nofollow",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
  "Cache-Control": "no-store",
};

export function securityHeaders(): RequestHandler {
  return (_req, res, next) => {
    res.sendDate = false;
    for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
    next();
  };
}

/** A film of 100 MB on a busy machine takes minutes to come in. */
const LONGEST_BODY = 15 * 60_000;
const LONGEST_STILL = 2 * 60_000;

/**
 * Who sends a body slowly or endlessly is cut off, also after the answer. `besides`: a body that takes as long as it goes on;
 * whoever reads that one calls `endWhenStill`. `longest` in milliseconds.
 */
export function bodyInTime(besides: (req: Request) => boolean, longest = LONGEST_BODY): RequestHandler {
  return (req, res, next) => {
    if (!besides(req)) endAfter(req, res, longest);
    next();
  };
}

/** To be called where the body is read from then on. Once it is answered, going on counts no more. */
export function endWhenStill(req: Request, res: Response, longest = LONGEST_STILL): void {
  const timer = endAfter(req, res, longest);
  req.on("data", () => {
    if (!res.writableEnded) timer.refresh();
  });
}

function endAfter(req: Request, res: Response, milliseconds: number): NodeJS.Timeout {
  const timer = setTimeout(() => {
    if (!req.complete) req.destroy();
  }, milliseconds);
  timer.unref();
  // What is still sent to somebody who was answered holds a connection.
  res.on("close", () => {
    if (req.complete) clearTimeout(timer);
  });
  return timer;
}

/** The one page with a frame in it; what the frame shows is our own. */
export function framing(res: Response): void {
  res.setHeader("Content-Security-Policy", `${CSP}; frame-src 'self'`);
}

/** What stands in that frame: a visitor's page, without scripts and forms, in no other page's frame. */
export function framed(res: Response): void {
  const csp = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    "sandbox allow-same-origin",
  ];
  res.setHeader("Content-Security-Policy", csp.join("; "));
  res.setHeader("X-Frame-Options", "SAMEORIGIN");
}

/** A name that leads here by rebinding, a proxy's form of a request, an old protocol: none of them is our page. */
export function exactHost(port: () => number): RequestHandler {
  return (req, res, next) => {
    const hosts = req.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host");
    if (hosts.length !== 1 || req.httpVersion !== "1.1" || !req.originalUrl.startsWith("/")) {
      refuse(res, 400, "That could not be understood.");
    } else if (req.headers.host !== `127.0.0.1:${port()}`) {
      refuse(res, 421, `This is http://127.0.0.1:${port()}/ and nothing else.`);
    } else next();
  };
}

/** The one door for a page that is not ours: the file that the program opens, whose secret is its token. */
export const ENTER = "/enter";

/**
 * Requests that another page made are refused (Fetch Metadata, W3C). A change needs our own Origin; apps send none and
 * are known by their token.
 */
export function ownOrigin(
  port: () => number,
  foreign: (req: Request, res: Response) => void,
): RequestHandler {
  return (req, res, next) => {
    const origin = req.headers.origin;
    const site = req.headers["sec-fetch-site"];
    const changes = req.method !== "GET" && req.method !== "HEAD";
    const app = req.path.startsWith("/api/") || req.path.startsWith("/oauth/");
    const ours = origin === `http://127.0.0.1:${port()}`;
    const fromElsewhere = site !== undefined && site !== "same-origin" && site !== "none";
    if (req.path === ENTER && req.method === "POST" && (ours || origin === "null")) next();
    else if (fromElsewhere || (origin === undefined ? changes && !app : !ours)) foreign(req, res);
    else next();
  };
}

function refuse(res: Response, status: number, sentence: string): void {
  res.setHeader("Connection", "close");
  res.setHeader("Content-Type", "text/plain; charset=utf-8");
  res.statusCode = status;
  res.end(`${sentence}\n`);
}
