import type { DocumentLoader } from "@fedify/fedify/runtime";

/** Reading a body never reaches out: what is not in it is asked for later, on purpose, or not at all. */
export const offline: DocumentLoader = async () => {
  throw new TypeError("reading does not fetch");
};
