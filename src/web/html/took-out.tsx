import type { Messages } from "../messages/en.ts";
import { Form } from "./form.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { Note } from "./note.tsx";

export type TookOut = {
  audience: { id: string; name: string };
  person: { id: string; name: string };
  /** Posts they have that are not for them any more. */
  held: number;
};

/** Somebody was taken out: what that means, and what can be asked of their device. `back`: where it goes on. */
export function TookOutNote({
  t,
  token,
  took,
  back,
}: {
  t: Messages;
  token: string;
  took: TookOut;
  back: string;
}) {
  const a = t.audiences;
  const { audience, person, held } = took;
  const name = isolate(person.name);
  return (
    <Note tone="calm" icon="bin">
      <p>
        <b>
          <Isolated words={a.took(name, isolate(audience.name))} />
        </b>{" "}
        <Isolated words={a.tookText(name)} />{" "}
        {held === 0 ? null : <Isolated words={a.tookHeld(name, held)} />}
      </p>
      {held === 0 ? null : (
        <>
          <Form action={`/people/audiences/${audience.id}`} token={token} class="row">
            <input type="hidden" name="person" value={person.id} />
            <button class="btn" type="submit" name="do" value="ask">
              {a.askDelete(held)}
            </button>
            <a class="btn bare" href={back}>
              {a.leave}
            </a>
          </Form>
          <p class="small">
            <Isolated words={a.askHint(name)} />
          </p>
        </>
      )}
    </Note>
  );
}
