ALTER TABLE "Person" ADD COLUMN "keyUri" TEXT NOT NULL DEFAULT '';

CREATE TABLE "MessageSubkey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "startsAt" DATETIME NOT NULL,
    "secret" BLOB NOT NULL
);

CREATE TABLE "PersonKey" (
    "personId" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 6,
    "certificate" BLOB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'used',
    "verified" TEXT NOT NULL DEFAULT '',
    "verifiedAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "firstSeenAt" DATETIME NOT NULL,
    "askedAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',

    PRIMARY KEY ("personId", "fingerprint"),
    CONSTRAINT "PersonKey_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "Conversation" (
    "personId" TEXT NOT NULL PRIMARY KEY,
    "sortKey" TEXT NOT NULL DEFAULT '',
    "draft" TEXT NOT NULL DEFAULT '',
    "timer" INTEGER NOT NULL DEFAULT 0,
    "timerAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "timerId" TEXT NOT NULL DEFAULT '',
    "open" BOOLEAN NOT NULL DEFAULT false,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "lastId" TEXT NOT NULL DEFAULT '',
    "clock" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    CONSTRAINT "Conversation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Conversation_sortKey_idx" ON "Conversation"("sortKey");

CREATE TABLE "Message" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "own" BOOLEAN NOT NULL DEFAULT false,
    "kind" TEXT NOT NULL DEFAULT 'text',
    "text" TEXT NOT NULL DEFAULT '',
    "replyToId" TEXT NOT NULL DEFAULT '',
    "sortKey" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "state" TEXT NOT NULL DEFAULT '',
    "why" TEXT NOT NULL DEFAULT '',
    "signedBy" TEXT NOT NULL DEFAULT '',
    "oddTime" BOOLEAN NOT NULL DEFAULT false,
    "readAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "vanish" INTEGER NOT NULL DEFAULT 0,
    "vanishAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    CONSTRAINT "Message_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Message_personId_sortKey_idx" ON "Message"("personId", "sortKey");
CREATE INDEX "Message_vanishAt_idx" ON "Message"("vanishAt");

CREATE TABLE "MessageChange" (
    "messageId" TEXT NOT NULL,
    "own" BOOLEAN NOT NULL,
    "kind" TEXT NOT NULL,
    "emoji" TEXT NOT NULL DEFAULT '',
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "on" BOOLEAN NOT NULL DEFAULT true,
    "at" DATETIME NOT NULL,
    "letterId" TEXT NOT NULL,

    PRIMARY KEY ("messageId", "own", "kind", "emoji"),
    CONSTRAINT "MessageChange_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "MessageChange_personId_idx" ON "MessageChange"("personId");

CREATE TABLE "Letter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "messageId" TEXT NOT NULL DEFAULT '',
    "emoji" TEXT NOT NULL DEFAULT '',
    "detail" TEXT NOT NULL DEFAULT '',
    "seq" INTEGER NOT NULL,
    "prev" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    "held" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "Letter_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Letter_personId_seq_idx" ON "Letter"("personId", "seq");

CREATE TABLE "SealedLetter" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "sealed" BLOB NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "SealedLetter_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "SealedLetter_personId_idx" ON "SealedLetter"("personId");

-- Whether somebody boosted a post was looked for among all their posts.
DROP INDEX "Post_boostOfId_idx";
CREATE INDEX "Post_boostOfId_authorId_sortKey_idx" ON "Post"("boostOfId", "authorId", "sortKey");
