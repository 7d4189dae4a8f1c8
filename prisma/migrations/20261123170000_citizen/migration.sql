-- AlterTable
ALTER TABLE "Person" ADD COLUMN "pictureId" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Person" ADD COLUMN "bannerUrl" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Person" ADD COLUMN "featuredUri" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Person" ADD COLUMN "aliases" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Person" ADD COLUMN "movedToUri" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Person" ADD COLUMN "invite" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "sensitive" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Post" ADD COLUMN "pinnedAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00';
ALTER TABLE "Post" ADD COLUMN "boostOfId" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "boostOfUri" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "quoteOfId" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "quoteOfUri" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "quoteState" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "quoteStamp" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "quotable" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "quotableAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00';
ALTER TABLE "Post" ADD COLUMN "repliesUri" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "contextUri" TEXT NOT NULL DEFAULT '';
ALTER TABLE "PostRevision" ADD COLUMN "title" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Notice" ADD COLUMN "detail" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Delivery" ADD COLUMN "why" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Media" ADD COLUMN "blurhash" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Media" ADD COLUMN "length" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Media" ADD COLUMN "name" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "Reaction" (
    "postId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "emoji" TEXT NOT NULL DEFAULT '',
    "pictureUrl" TEXT NOT NULL DEFAULT '',
    "uri" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("postId", "personId", "emoji"),
    CONSTRAINT "Reaction_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Reaction_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Bookmark" (
    "postId" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Bookmark_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Tagged" (
    "postId" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',

    PRIMARY KEY ("postId", "tag"),
    CONSTRAINT "Tagged_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Emoji" (
    "host" TEXT NOT NULL,
    "shortcode" TEXT NOT NULL,
    "url" TEXT NOT NULL DEFAULT '',
    "mediaId" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("host", "shortcode")
);

-- CreateTable
CREATE TABLE "Poll" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "multiple" BOOLEAN NOT NULL DEFAULT false,
    "endsAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "closedAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "voters" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Poll_id_fkey" FOREIGN KEY ("id") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PollOption" (
    "pollId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "votes" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("pollId", "place"),
    CONSTRAINT "PollOption_pollId_fkey" FOREIGN KEY ("pollId") REFERENCES "Poll" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PollVote" (
    "pollId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "uri" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("pollId", "place", "personId"),
    CONSTRAINT "PollVote_pollId_fkey" FOREIGN KEY ("pollId") REFERENCES "Poll" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "PollVote_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "postId" TEXT NOT NULL,
    "place" INTEGER NOT NULL DEFAULT 0,
    "kind" TEXT NOT NULL DEFAULT 'file',
    "type" TEXT NOT NULL DEFAULT '',
    "mediaId" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "alt" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "blurhash" TEXT NOT NULL DEFAULT '',
    "width" INTEGER NOT NULL DEFAULT 0,
    "height" INTEGER NOT NULL DEFAULT 0,
    "length" INTEGER NOT NULL DEFAULT 0,
    "bytes" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Attachment_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "QuoteStamp" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "postId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "quotingUri" TEXT NOT NULL,
    "uri" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'asked',
    "at" DATETIME NOT NULL,
    CONSTRAINT "QuoteStamp_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "QuoteStamp_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Muted" (
    "personId" TEXT NOT NULL PRIMARY KEY,
    "until" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "notices" BOOLEAN NOT NULL DEFAULT true,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Muted_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "MutedWord" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "words" TEXT NOT NULL,
    "setId" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL DEFAULT '',
    "whole" BOOLEAN NOT NULL DEFAULT true,
    "action" TEXT NOT NULL DEFAULT 'warn',
    "until" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "BlockedHost" (
    "host" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Report" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "own" BOOLEAN NOT NULL DEFAULT true,
    "uri" TEXT NOT NULL DEFAULT '',
    "words" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    CONSTRAINT "Report_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ReportedPost" (
    "reportId" TEXT NOT NULL,
    "uri" TEXT NOT NULL,

    PRIMARY KEY ("reportId", "uri"),
    CONSTRAINT "ReportedPost_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "Report" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Knock" (
    "personId" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL DEFAULT 'post',
    "activity" TEXT NOT NULL DEFAULT '',
    "words" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    CONSTRAINT "Knock_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Welcome" (
    "personId" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Welcome_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Invite" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "OutsideServer" (
    "host" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "MissingPost" (
    "postId" TEXT NOT NULL,
    "uri" TEXT NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("postId", "uri"),
    CONSTRAINT "MissingPost_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ThreadLook" (
    "postId" TEXT NOT NULL PRIMARY KEY,
    "askedAt" DATETIME NOT NULL,
    "readAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "pages" INTEGER NOT NULL DEFAULT 0,
    "items" INTEGER NOT NULL DEFAULT 0,
    "why" TEXT NOT NULL DEFAULT '',
    "cut" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "ThreadLook_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "OutboxRead" (
    "personId" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00'
);

-- CreateTable
CREATE TABLE "Moment" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Post_boostOfId_idx" ON "Post"("boostOfId");

-- CreateIndex
CREATE INDEX "Post_quoteOfId_idx" ON "Post"("quoteOfId");

-- CreateIndex
CREATE INDEX "Post_quoteStamp_idx" ON "Post"("quoteStamp");

-- CreateIndex
CREATE INDEX "Reaction_personId_idx" ON "Reaction"("personId");

-- CreateIndex
CREATE INDEX "Bookmark_at_idx" ON "Bookmark"("at");

-- CreateIndex
CREATE INDEX "Tagged_tag_idx" ON "Tagged"("tag");

-- CreateIndex
CREATE INDEX "Poll_endsAt_idx" ON "Poll"("endsAt");

-- CreateIndex
CREATE INDEX "PollVote_personId_idx" ON "PollVote"("personId");

-- CreateIndex
CREATE INDEX "Attachment_postId_place_idx" ON "Attachment"("postId", "place");

-- CreateIndex
CREATE INDEX "Attachment_mediaId_idx" ON "Attachment"("mediaId");

-- CreateIndex
CREATE INDEX "QuoteStamp_postId_idx" ON "QuoteStamp"("postId");

-- CreateIndex
CREATE INDEX "QuoteStamp_personId_idx" ON "QuoteStamp"("personId");

-- CreateIndex
CREATE INDEX "Report_at_idx" ON "Report"("at");

-- CreateIndex
CREATE INDEX "Knock_at_idx" ON "Knock"("at");

-- CreateIndex
CREATE INDEX "MissingPost_uri_idx" ON "MissingPost"("uri");
