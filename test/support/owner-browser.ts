import { request } from "node:http";
import type { OwnerDesk } from "./owner-desk.ts";

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

/** A browser with cookies and without script, exact to the header, as far as these pages look at one. */
export type OwnerBrowser = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends the form on a page: its hidden fields, and these. */
  send(page: Answer, action: string, fields: Record<string, string>): Promise<Answer>;
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** A form with files, its body as it goes over the wire. */
  upload(
    path: string,
    boundary: string,
    body: string | Buffer,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  cookie(): string;
  /** Follows 303s. */
  follow(answer: Answer): Promise<Answer>;
  enter(): Promise<void>;
};

export function ownerBrowser(desk: Pick<OwnerDesk, "origin" | "port" | "newLoginToken">): OwnerBrowser {
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const own = { origin: desk.origin, "sec-fetch-site": "same-origin" };
  const ask = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Buffer,
  ) => {
    const cookie = cookies();
    const answer = await exchange(
      desk.port,
      method,
      path,
      { ...(cookie === "" ? {} : { cookie }), ...headers },
      body,
    );
    for (const line of [answer.headers["set-cookie"] ?? []].flat()) {
      const [name = "", value = ""] = line.split(";", 1)[0]?.split("=", 2) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
  const browser: OwnerBrowser = {
    get: (path, headers = {}) =>
      ask("GET", path, { "sec-fetch-site": "none", "sec-fetch-mode": "navigate", ...headers }),
    post: (path, fields, headers = {}) => {
      const body = new URLSearchParams(fields).toString();
      return ask(
        "POST",
        path,
        { ...own, "content-type": "application/x-www-form-urlencoded", ...headers },
        body,
      );
    },
    send: (page, action, fields) => browser.post(action, { ...hiddenFields(page.text, action), ...fields }),
    upload: (path, boundary, body, headers = {}) => {
      const type = `multipart/form-data; boundary=${boundary}`;
      return ask("POST", path, { ...own, "content-type": type, ...headers }, body);
    },
    cookie: cookies,
    async follow(answer) {
      let now = answer;
      for (let hops = 0; hops < 5 && now.status === 303; hops += 1)
        now = await browser.get(String(now.headers["location"]));
      return now;
    },
    async enter() {
      await browser.post(
        "/enter",
        { token: desk.newLoginToken() },
        { origin: "null", "sec-fetch-site": "cross-site" },
      );
    },
  };
  return browser;
}

/** One request, with the Host header that is given or the right one. */
export function exchange(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (res) => {
      const parts: Buffer[] = [];
      res.on("data", (part: Buffer) => parts.push(part));
      res.on("end", () =>
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers,
          text: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

export function hiddenFields(html: string, action: string): Record<string, string> {
  const form = [...html.matchAll(/<form\b[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].find(
    ([, to]) => unescaped(to ?? "") === action,
  );
  const inputs = [...(form?.[2] ?? "").matchAll(/<input(?:\s[\w-]+(?:="[^"]*")?)*\s*\/?>/g)];
  const hidden = inputs.filter(([input]) => attribute(input, "type") === "hidden");
  return Object.fromEntries(hidden.map(([input]) => [attribute(input, "name"), attribute(input, "value")]));
}

function attribute(tag: string, name: string): string {
  return unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
