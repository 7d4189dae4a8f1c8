import type { Viewer } from "../../social/access.ts";
import { aStranger } from "../../social/viewer.ts";
import type { VisitorPorts } from "../ports.ts";

/** Who came by. Without a session or a secret link of theirs they are a stranger. */
export async function viewerOfVisit(
  ports: Pick<VisitorPorts, "visiting">,
  request: Request,
): Promise<Viewer> {
  return ports.visiting === undefined ? aStranger : ports.visiting(request);
}
