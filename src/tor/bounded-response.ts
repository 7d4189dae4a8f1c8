import { NodeError } from "../lib/errors.ts";

/**
 * The same response with a body that ends in an error after `maxBytes`, counted after decompression.
 * `finished` is called once: when the body has ended, failed or was cancelled.
 */
export async function boundedResponse(
  response: Response,
  seen: { url: URL; redirected: boolean },
  maxBytes: number,
  finished: () => void,
): Promise<Response> {
  const { body, headers, status, statusText } = response;
  if (body === null) {
    finished();
    return withPlace(new Response(null, { headers, status, statusText }), seen);
  }
  if (Number(headers.get("content-length") ?? 0) > maxBytes) {
    await body.cancel();
    throw tooLarge();
  }
  const reader = body.getReader();
  let bytes = 0;
  const counted = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (done) {
          finished();
          controller.close();
          return;
        }
        bytes += value.byteLength;
        if (bytes > maxBytes) throw tooLarge();
        controller.enqueue(value);
      } catch (error) {
        finished();
        void reader.cancel().catch(() => {});
        controller.error(error);
      }
    },
    cancel: async (reason) => {
      finished();
      await reader.cancel(reason);
    },
  });
  return withPlace(new Response(counted, { headers, status, statusText }), seen);
}

function tooLarge(): NodeError {
  return new NodeError("response-too-large", "more bytes than allowed");
}

/** A response made by hand has no address of its own; readers resolve relative links by it. */
function withPlace(response: Response, { url, redirected }: { url: URL; redirected: boolean }): Response {
  Object.defineProperty(response, "url", { value: url.href });
  Object.defineProperty(response, "redirected", { value: redirected });
  return response;
}
