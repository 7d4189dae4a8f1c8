import { expect, test } from "vitest";
import { NodeError } from "../../../../src/lib/errors.ts";
import { list, text } from "../../../../src/web/api/fields.ts";
import { parseBody } from "../../../../src/web/api/parse.ts";

const parse = (body: string, type: string) => parseBody(Buffer.from(body), type);

async function multipart(form: FormData): Promise<[Buffer, string]> {
  const made = new Response(form);
  return [Buffer.from(await made.arrayBuffer()), made.headers.get("content-type") ?? ""];
}

test("JSON, an urlencoded form and a multipart form say the same", async () => {
  const form = new FormData();
  form.append("status", "grüße & more");
  form.append("ids[]", "1");
  form.append("ids[]", "2");
  const read = [
    await parse('{"status":"grüße & more","ids":["1","2"]}', "application/json; charset=utf-8"),
    await parse("status=gr%C3%BC%C3%9Fe+%26+more&ids%5B%5D=1&ids[]=2", "application/x-www-form-urlencoded"),
    await parseBody(...(await multipart(form))),
  ];
  for (const fields of read) {
    expect(text(fields, "status")).toBe("grüße & more");
    expect(list(fields, "ids")).toEqual(["1", "2"]);
  }
});

test("a file, a broken body or an unknown kind of body is refused with a sentence", async () => {
  const withFile = new FormData();
  withFile.append("file", new Blob(["x"]), "x.png");
  const tries = [
    parseBody(...(await multipart(withFile))),
    parse("{", "application/json"),
    parse("--x\r\nbroken", "multipart/form-data; boundary=x"),
    parse("<a/>", "application/xml"),
    parse("a", ""),
  ];
  for (const attempt of tries) {
    const error = await attempt.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(NodeError);
    expect(error).toMatchObject({ code: "bad-request", safe: expect.stringMatching(/\.$/) });
  }
});
