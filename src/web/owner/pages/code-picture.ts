import type { Response } from "express";
import { toBuffer } from "qrcode";

/** A picture and no drawing: Tor Browser's “Safest” shows no drawings. */
export async function sendCode(res: Response, code: string): Promise<void> {
  const picture = await toBuffer(code, {
    width: 512,
    margin: 3,
    color: { light: "#ffffff", dark: "#000000" },
  });
  res.setHeader("Content-Type", "image/png").send(picture);
}
