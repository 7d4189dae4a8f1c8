import { createContext, type VNode } from "preact";
import { useContext } from "preact/hooks";
import { rendered } from "../html/document.tsx";
import { Isolated, isolate } from "../html/isolated.tsx";
import type { Messages } from "../messages/en.ts";
import type { Visitor } from "./visit.ts";

export type Reading = Pick<Visitor, "name" | "guestId">;

export const nobodyKnown: Reading = { name: "", guestId: "" };

/** As whom the page is read: every page says it, without being told. */
const Reader = createContext<Reading>(nobodyKnown);

export function renderedFor({ name, guestId }: Reading, page: VNode): string {
  return rendered(<Reader.Provider value={{ name, guestId }}>{page}</Reader.Provider>);
}

/** Whoever is watched is told so: what a guest opens is shown to the owner. */
export function ReadingAs({ t, owner }: { t: Messages; owner: string }) {
  const { name, guestId } = useContext(Reader);
  if (name === "") return null;
  return (
    <div class="note calm">
      <div class="row ends">
        <span class="grow">
          <Isolated words={t.reading.as(isolate(name))} />
          {guestId === "" ? null : (
            <>
              {" "}
              <Isolated words={t.reading.noted(isolate(owner))} />
            </>
          )}
        </span>
        <a class="btn" href="/leave">
          {t.reading.leave}
        </a>
      </div>
    </div>
  );
}

export function Foot({ t, owner }: { t: Messages; owner: string }) {
  const isGuest = useContext(Reader).guestId !== "";
  return <p>{isGuest ? t.reading.foot(owner) : t.visitor.foot(owner)}</p>;
}
