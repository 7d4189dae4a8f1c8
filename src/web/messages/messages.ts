import { errorSentences, type NodeError } from "../../lib/errors.ts";
import type { Language } from "../html/document.tsx";
import { de } from "./de.ts";
import { en, type Messages } from "./en.ts";

export type { Messages } from "./en.ts";

const all: Record<Language, Messages> = { en, de };

export function messages(language: Language): Messages {
  return all[language];
}

export function isLanguage(text: unknown): text is Language {
  return text === "en" || text === "de";
}

/** The first language of an Accept-Language header (RFC 9110, 12.5.4) that we speak; English otherwise. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? "").split(",").map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? "en";
}

/** What went wrong, as a sentence in the reader's language. */
export function sentence(t: Messages, error: NodeError): string {
  const [first, second = ""] = error.named;
  const naming = first === undefined ? undefined : t.namingErrors[error.code];
  if (first !== undefined && naming !== undefined) return naming(first, second);
  const ours = error.safe === errorSentences[error.code];
  return (ours ? t.errors[error.code] : undefined) ?? error.safe;
}
