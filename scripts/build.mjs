/** `npm run build`: everything that is generated, and nothing is started. */
import { launch, say } from "./say.mjs";
import { setUp } from "./setup.mjs";

await launch(async () => {
  const { bundle } = await setUp();
  say(`Ready: ${bundle}`);
});
