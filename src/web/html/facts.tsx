/** Lines of a profile. `html`: sanitised, its links turned inward on the owner's pages. */
export function Facts({ facts }: { facts: readonly { label: string; html: string }[] }) {
  if (facts.length === 0) return null;
  return (
    <dl class="facts">
      {facts.map(({ label, html }) => (
        <>
          <dt dir="auto">{label}</dt>
          <dd dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
        </>
      ))}
    </dl>
  );
}
