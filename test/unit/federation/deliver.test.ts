import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../../src/federation/outbox/deliver.ts";

const HOUR = 60 * 60 * 1000;
const answer = (status: number, headers = {}) => new Response(null, { status, headers });

describe("what an answer means for a delivery", () => {
  test.each([200, 202, 204])("%i: done", (status) => {
    expect(outcomeOf(answer(status), 0)).toBe("done");
  });

  test.each([401, 403, 429, 500, 502, 503])("%i: it is tried again", (status) => {
    expect(outcomeOf(answer(status), 0)).toEqual({ retry: `status ${status}` });
  });

  test.each([400, 413, 415, 422])("%i: it would be refused again, so it stops", (status) => {
    expect(outcomeOf(answer(status), 0)).toEqual({ stop: `status ${status}` });
  });

  test("503 with a time: it waits that long, a day at most", () => {
    const asked = (wait: string) => outcomeOf(answer(503, { "Retry-After": wait }), 0);
    expect(asked("120")).toEqual({ retry: "status 503", after: 120_000 });
    expect(asked("99999999")).toEqual({ retry: "status 503", after: 24 * HOUR });
    expect(asked("Thu, 01 Jan 1970 01:00:00 GMT")).toEqual({ retry: "status 503", after: HOUR });
    expect(asked("soon")).toEqual({ retry: "status 503" });
  });

  test.each([404, 410])("%i: nobody is there now, which is looked at again", (status) => {
    expect(outcomeOf(answer(status), 0)).toMatchObject({ retry: `status ${status}` });
  });
});
