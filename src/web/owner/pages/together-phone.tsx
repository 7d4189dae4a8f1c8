import type { Router } from "express";
import { readWords } from "../../../lib/eight-words.ts";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { readCode } from "../../../social/messages/together/code.ts";
import {
  endTogether,
  type Showing,
  showingNow,
  showTogether,
} from "../../../social/messages/together/show.ts";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { PageHead } from "../../html/page-head.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { takeCode } from "./together-taken.tsx";

/** What is shown by words, in memory alone. */
export type OnThePhone = {
  /** Begins to show words. Throws "tor-down". */
  offer(visit: Visit): Promise<void>;
  /** null: it is shown as a picture, or the words are not known any more. */
  wordsOf(showing: Showing): SpokenWords | null;
};

/** `used`: somebody typed them, and got the code. */
export type SpokenWords = { words: readonly string[]; used: boolean };

/** `found`: what was behind the words, or why nothing was; null while it is looked for. */
type Search = { typed: string; since: number; stop: AbortController; found: string | NodeError | null };

const PAGE = "/together/words";
/** Seconds, where there is no script. */
const LOOK_AGAIN = 3;

/** Eight words that are said on the phone bring the same code as the picture. */
export function onThePhone(kit: Kit, router: Router): OnThePhone {
  let spoken: (SpokenWords & { token: string }) | null = null;
  let search: Search | null = null;
  kit.get(router, PAGE, async (visit) =>
    search === null ? visit.go("/together") : showSearch(visit, search),
  );
  kit.post(router, PAGE, async (visit) => {
    const { fields } = visit;
    const before = search;
    search = null;
    before?.stop.abort(new NodeError("phone-nobody", "the owner stopped looking"));
    switch (fields.text("do")) {
      case "stop":
        return visit.go("/together");
      case "go":
        return before === null ? visit.go("/together") : goOn(visit, before);
    }
    const typed = fields.text("words");
    try {
      readWords(typed);
    } catch (error) {
      return showForm(visit, typed, sentence(visit.t, asNodeError(error)));
    }
    search = searchFor(visit, typed);
    visit.go(PAGE);
  });
  return {
    async offer({ acting, now }) {
      const token = await acting.transact((tx) => showTogether(tx, "phone", now, acting.random));
      try {
        const { code = "" } = (await showingNow(acting.read, acting.me, now)) ?? {};
        const { words, taken } = await acting.offerByPhone(code);
        const mine = { token, words, used: false };
        spoken = mine;
        taken.then((used) => Object.assign(mine, { used })).catch(() => {});
      } catch (error) {
        await acting.transact((tx) => endTogether(tx));
        throw error;
      }
    },
    wordsOf: ({ token }) => (spoken?.token === token ? spoken : null),
  };
}

/** It goes on while the page waits. */
function searchFor({ acting, now }: Visit, typed: string): Search {
  const search: Search = { typed, since: now, stop: new AbortController(), found: null };
  acting.fetchByPhone(typed, search.stop.signal).then(
    (text) => {
      search.found = text;
    },
    (error: unknown) => {
      search.found = asNodeError(error);
    },
  );
  return search;
}

async function goOn(visit: Visit, { typed, found }: Search): Promise<void> {
  const code = typeof found === "string" ? readCode(found) : null;
  if (code === null || code.token === "") return showForm(visit, typed, visit.t.together.phoneNotCode);
  try {
    await takeCode(visit, code, "phone");
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    await showForm(visit, typed, sentence(visit.t, known));
  }
}

/** Without a script the page asks again by itself until something is known. */
async function showSearch(visit: Visit, { typed, since, found }: Search): Promise<void> {
  const { t, token, now } = visit;
  const k = t.together;
  await visit.show({
    title: k.title,
    current: "connect",
    ...(found === null ? { refresh: LOOK_AGAIN } : {}),
    main: (
      <>
        <Head t={t} />
        <section class="card roomy stack">
          <div data-region="search" data-when="messages">
            {found === null ? (
              <>
                <h2>{k.looking}</h2>
                <p>
                  <Icon name="clock" /> {k.lookingFor(Math.round((now - since) / 1000))}
                </p>
              </>
            ) : typeof found === "string" ? (
              <Form action={PAGE} token={token} class="stack">
                <h2>{k.found}</h2>
                <div class="row">
                  <button class="btn main-do" type="submit" name="do" value="go">
                    {k.foundGo}
                  </button>
                </div>
              </Form>
            ) : (
              <WordsForm t={t} token={token} typed={typed} wrong={sentence(t, found)} />
            )}
          </div>
          {found === null ? (
            <Form action={PAGE} token={token} class="row">
              <button class="btn" type="submit" name="do" value="stop">
                {k.lookingStop}
              </button>
            </Form>
          ) : null}
        </section>
      </>
    ),
  });
}

async function showForm(visit: Visit, typed: string, wrong: string): Promise<void> {
  const { t, token } = visit;
  await visit.show({
    title: t.together.title,
    current: "connect",
    status: 422,
    main: (
      <>
        <Head t={t} />
        <section class="card roomy stack">
          <WordsForm {...{ t, token, typed, wrong }} />
        </section>
      </>
    ),
  });
}

function Head({ t }: Pick<Visit, "t">) {
  return (
    <PageHead up="/together" back={t.together.title}>
      {t.together.phone}
    </PageHead>
  );
}

type WordsFormProps = Pick<Visit, "t" | "token"> & { typed?: string; wrong?: string };

/** Typing the words that are heard. */
export function WordsForm({ t, token, typed = "", wrong }: WordsFormProps) {
  const k = t.together;
  return (
    <Form action={PAGE} token={token} class="stack tight">
      <Field id="words" label={k.phoneLabel} hint={k.phoneHint} wrong={wrong}>
        {(ids) => (
          <textarea
            id="words"
            name="words"
            rows={2}
            lang="en"
            spellcheck={false}
            autocomplete="off"
            autocapitalize="none"
            aria-describedby={ids}
            aria-invalid={wrong === undefined ? undefined : "true"}
          >
            {typed}
          </textarea>
        )}
      </Field>
      <div class="row end">
        <button class="btn" type="submit">
          {k.phoneGo}
        </button>
      </div>
    </Form>
  );
}

type SpokenProps = { visit: Visit; spoken: SpokenWords; until: number };

/** The words that are to be read aloud. */
export function Spoken({ visit: { t, token }, spoken: { words, used }, until }: SpokenProps) {
  const k = t.together;
  const time = new Intl.DateTimeFormat(t.locale, { timeStyle: "short" }).format(until);
  return (
    <section class="card roomy stack">
      <h2>{k.showingPhone}</h2>
      <ol class="words" lang="en" dir="ltr">
        {words.map((word) => (
          <li>{word}</li>
        ))}
      </ol>
      <p class="small muted">
        {k.untilPhone(time)} {k.phoneEnglish}
      </p>
      {used ? (
        <p>
          <Icon name="check" /> {k.phoneUsed}
        </p>
      ) : null}
      <Form action="/together" token={token} class="row">
        <button class="btn" type="submit" name="do" value="end">
          {k.end}
        </button>
      </Form>
    </section>
  );
}
