import { create } from "qrcode";

const MARGIN = 3;

/** An address as a code to scan, drawn in the page itself: an address that is shown once is in no other answer. */
export function QrCode({ address, alt }: { address: string; alt: string }) {
  const { modules } = create(address, {});
  const size = modules.size + 2 * MARGIN;
  const dots: string[] = [];
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) !== 0) dots.push(`M${column + MARGIN} ${row + MARGIN}h1v1h-1z`);
    }
  }
  return (
    <svg class="qr" role="img" aria-label={alt} width="256" height="256" viewBox={`0 0 ${size} ${size}`}>
      <rect width={size} height={size} fill="#ffffff" />
      <path d={dots.join("")} fill="#000000" shape-rendering="crispEdges" />
    </svg>
  );
}
