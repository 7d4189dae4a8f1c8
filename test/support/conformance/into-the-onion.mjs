/** Loaded before activitypub-testing: what it asks of the onion goes to the door that the test holds open. */
const { TSSOP_ONION_ORIGIN: onion = "", TSSOP_ONION_DOOR: door = "" } = process.env;
const plain = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  if (!request.url.startsWith(`${onion}/`)) throw new TypeError(`asked for ${request.url}`);
  return plain(new Request(door + request.url.slice(onion.length), request));
};
