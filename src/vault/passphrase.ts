import { wordlist } from "@scure/bip39/wordlists/english.js";
import type { Random } from "../lib/ids.ts";

const WORDS = 6;

/** Six words drawn evenly from 2,048: 66 bits, behind Argon2id more than anybody can try. */
export function proposePassphrase(random: Random): string {
  const words: string[] = [];
  for (let n = 0; n < WORDS; n += 1) words.push(wordlist[random(2).readUInt16BE(0) % wordlist.length] ?? "");
  return words.join("-");
}

/** One form for what people type: hyphens and spaces count the same, and so do composed and decomposed letters. */
export function normalised(passphrase: string): string {
  return passphrase
    .normalize("NFKC")
    .trim()
    .replace(/[\s-]+/g, " ");
}

const common = new Set([
  "password",
  "passphrase",
  "passwort",
  "qwerty",
  "qwertz",
  "letmein",
  "welcome",
  "admin",
  "iloveyou",
  "dragon",
  "monkey",
  "football",
  "sunshine",
  "princess",
  "master",
  "hello",
  "secret",
  "geheim",
  "hallo",
  "schatz",
]);
const known = new Set(wordlist);

/** How many ways one part of a passphrase can be: the least that a guesser would try. */
function waysOf(part: string): number {
  const word = part.toLowerCase().replace(/[^\p{L}]/gu, "");
  if (word === "" && /^\d+$/.test(part))
    return /^(19|20)\d\d$/.test(part) ? 100 : 10 ** new Set(part).size * part.length;
  const different = new Set(word).size;
  if (word !== "" && different <= 3) return 26 ** different * word.length;
  if (common.has(word)) return 30 * 2 ** Math.min(part.length - word.length, 8);
  const tail = 12 ** Math.min(part.length - word.length, 6);
  if (known.has(word)) return 2048 * tail;
  const guessed = word.length <= 12 && /^\p{L}+$/u.test(part) ? 30_000 : 0;
  const letters = 26 ** Math.min(word.length, 4) * 4 ** Math.max(0, word.length - 4) * tail;
  return guessed > 0 ? Math.min(guessed, letters) : letters;
}

/** An honest, coarse estimate. Scores: 0-1 weak, 2 middling, 3 strong, 4 very strong. */
export function passphraseStrength(passphrase: string): { score: 0 | 1 | 2 | 3 | 4; guesses: number } {
  const parts = [
    ...new Set(
      normalised(passphrase)
        .split(" ")
        .filter((part) => part !== ""),
    ),
  ];
  const guesses = parts.reduce((product, part) => Math.min(product * Math.max(2, waysOf(part)), 1e60), 1);
  const score = guesses < 1e7 ? 0 : guesses < 1e10 ? 1 : guesses < 1e13 ? 2 : guesses < 1e18 ? 3 : 4;
  return { score, guesses };
}
