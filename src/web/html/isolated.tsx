/** U+2068 and U+2069: no name has them, for names are cleaned of all such letters before they are kept. */
const FROM = "\u2068";
const TO = "\u2069";

/** A name on its way into a sentence of ours. */
export function isolate(name: string): string {
  return FROM + name + TO;
}

/** A sentence with names in it, each of which reads in its own direction and turns nothing around it. */
export function Isolated({ words }: { words: string }) {
  const [first = "", ...rest] = words.split(FROM);
  return (
    <>
      {first}
      {rest.map((part) => {
        const end = part.indexOf(TO);
        return end < 0 ? (
          part
        ) : (
          <>
            <bdi>{part.slice(0, end)}</bdi>
            {part.slice(end + 1)}
          </>
        );
      })}
    </>
  );
}
