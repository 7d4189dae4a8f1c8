-- Posts keep their meaning: no audience besides their reach, nobody left out, whoever sees them may answer.
ALTER TABLE "Post" ADD COLUMN "audiences" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "without" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "answerable" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "signed" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Post" ADD COLUMN "passedById" TEXT NOT NULL DEFAULT '';

CREATE TABLE "Audience" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

CREATE TABLE "AudienceMember" (
    "audienceId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("audienceId", "personId"),
    CONSTRAINT "AudienceMember_audienceId_fkey" FOREIGN KEY ("audienceId") REFERENCES "Audience" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "AudienceMember_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "AudienceMember_personId_idx" ON "AudienceMember"("personId");

-- Nobody's profile was read for this before; it is read again within days.
ALTER TABLE "Person" ADD COLUMN "friendly" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "Friendship" (
    "personId" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL,
    "words" TEXT NOT NULL DEFAULT '',
    "uri" TEXT NOT NULL DEFAULT '',
    "theirUri" TEXT NOT NULL DEFAULT '',
    "role" TEXT NOT NULL DEFAULT 'friend',
    "at" DATETIME NOT NULL,
    CONSTRAINT "Friendship_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Friendship_state_idx" ON "Friendship"("state");

CREATE TABLE "Introduction" (
    "personId" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "toId" TEXT NOT NULL DEFAULT '',
    "words" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("personId", "byId", "toId"),
    CONSTRAINT "Introduction_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Introduction_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Introduction_byId_idx" ON "Introduction"("byId");

CREATE TABLE "ProfileField" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL DEFAULT 'text',
    "label" TEXT NOT NULL,
    "value" TEXT NOT NULL DEFAULT '',
    "place" REAL NOT NULL DEFAULT 0,
    "seen" TEXT NOT NULL DEFAULT ''
);

CREATE TABLE "PersonField" (
    "personId" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "html" TEXT NOT NULL DEFAULT '',

    PRIMARY KEY ("personId", "place"),
    CONSTRAINT "PersonField_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "Guest" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "endedAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    CONSTRAINT "Guest_id_fkey" FOREIGN KEY ("id") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "GuestVisit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "guestId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "postId" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    CONSTRAINT "GuestVisit_guestId_fkey" FOREIGN KEY ("guestId") REFERENCES "Guest" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "GuestVisit_guestId_at_idx" ON "GuestVisit"("guestId", "at");

CREATE TABLE "PassedAnswer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "byId" TEXT NOT NULL,
    "thread" TEXT NOT NULL,
    "postUri" TEXT NOT NULL,
    "signed" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "PassedAnswer_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "PassedAnswer_byId_idx" ON "PassedAnswer"("byId");
