import { codeDots } from "../code-picture.ts";

/** An address as a code to scan, drawn in the page itself: an address that is shown once is in no other answer. */
export function QrCode({ address, alt }: { address: string; alt: string }) {
  const rows = codeDots(address);
  const dots = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      class="qr"
      role="img"
      aria-label={alt}
      width="256"
      height="256"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
    >
      <rect width={rows.length} height={rows.length} fill="#ffffff" />
      <path d={dots.join("")} fill="#000000" shape-rendering="crispEdges" />
    </svg>
  );
}
