/** Works on a store without end, saying what stands; made to be killed. Given: what to do, the folder, its key in hex. */

import { systemRandom } from "../../../src/lib/ids.ts";
import { publish } from "../../../src/social/posts/publish.ts";
import { remove } from "../../../src/social/posts/remove.ts";
import { crashStore, ownerOf } from "./crash-store.ts";

const [work, folder = "", key = "", from = "0"] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Each time one more script that builds the table of posts anew. */
async function migrate(): Promise<never> {
  say("begun");
  for (let scripts = Number(from); ; scripts++) {
    await using _ = await crashStore({ folder, key, scripts });
    say(`migrated ${scripts}`);
  }
}

async function purge(): Promise<never> {
  await using store = await crashStore({ folder, key, scripts: 0 });
  const me = await ownerOf(store);
  say("begun");
  for (let before = ""; ; ) {
    const draft = { text: `a post of ${Math.random()}`, reach: "everyone" as const };
    const id = await store.transact((tx) => publish(tx, me, draft, Date.now(), systemRandom));
    say(`kept ${id}`);
    if (before !== "") {
      const gone = before;
      await store.transact((tx) => remove(tx, me, gone, Date.now()));
      await store.purge();
      say(`gone ${gone}`);
    }
    before = id;
  }
}

await (work === "migrate" ? migrate() : purge());
