ALTER TABLE "Media" ADD COLUMN "sha256" TEXT NOT NULL DEFAULT '';

CREATE TABLE "MessageFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "messageId" TEXT NOT NULL,
    "own" BOOLEAN NOT NULL DEFAULT false,
    "place" INTEGER NOT NULL DEFAULT 0,
    "wireId" TEXT NOT NULL,
    "key" BLOB NOT NULL,
    "sha256" TEXT NOT NULL DEFAULT '',
    "mediaId" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT '',
    "alt" TEXT NOT NULL DEFAULT '',
    "voice" BOOLEAN NOT NULL DEFAULT false,
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "width" INTEGER NOT NULL DEFAULT 0,
    "height" INTEGER NOT NULL DEFAULT 0,
    "length" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT '',
    "why" TEXT NOT NULL DEFAULT '',
    "received" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "MessageFile_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "MessageFile_messageId_place_idx" ON "MessageFile"("messageId", "place");
CREATE INDEX "MessageFile_wireId_idx" ON "MessageFile"("wireId");
CREATE INDEX "MessageFile_mediaId_idx" ON "MessageFile"("mediaId");
CREATE INDEX "MessageFile_state_idx" ON "MessageFile"("state");
