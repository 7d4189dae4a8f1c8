import { afterAll, beforeAll, inject } from "vitest";
import { blog } from "../support/citizens/blog.ts";
import { delivery } from "../support/citizens/delivery.ts";
import { files } from "../support/citizens/files.ts";
import { keyChange } from "../support/citizens/key-change.ts";
import { marks } from "../support/citizens/marks.ts";
import { meeting, parting } from "../support/citizens/meeting.ts";
import { moving } from "../support/citizens/moving.ts";
import { polls } from "../support/citizens/polls.ts";
import { posts } from "../support/citizens/posts.ts";
import { quiet } from "../support/citizens/quiet.ts";
import { quotes } from "../support/citizens/quotes.ts";
import { talk } from "../support/citizens/talk.ts";
import { talkFiles } from "../support/citizens/talk-files.ts";
import { together } from "../support/citizens/together.ts";
import { openTown, type Town } from "../support/citizens/town.ts";

/**
 * Three people with real nodes on a real Tor network, each with their pages open in a real browser and with an app.
 * Every activity is done at one end and seen at the other, on the page and by the app. Each part makes everybody
 * acquainted first, so that it can also run alone; only the first needs people who have never met.
 */
let opened: Town | undefined;
const town = () => {
  if (opened === undefined) throw new Error("nobody is there");
  return opened;
};

beforeAll(async () => {
  opened = await openTown(inject("clientTorrc"));
});
afterAll(() => opened?.close());

meeting(town);
posts(town);
marks(town);
polls(town);
blog(town);
files(town);
quiet(town);
delivery(town);
quotes(town);
talk(town);
talkFiles(town);
together(town);
keyChange(town);
parting(town);
moving(town);
