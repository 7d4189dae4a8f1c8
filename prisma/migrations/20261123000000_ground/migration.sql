-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "uri" TEXT NOT NULL,
    "sortKey" TEXT NOT NULL,
    "handle" TEXT NOT NULL DEFAULT '',
    "host" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "aboutHtml" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "inbox" TEXT NOT NULL DEFAULT '',
    "sharedInbox" TEXT NOT NULL DEFAULT '',
    "followersUri" TEXT NOT NULL DEFAULT '',
    "outboxUri" TEXT NOT NULL DEFAULT '',
    "pictureUrl" TEXT NOT NULL DEFAULT '',
    "approves" BOOLEAN NOT NULL DEFAULT false,
    "automated" BOOLEAN NOT NULL DEFAULT false,
    "gone" BOOLEAN NOT NULL DEFAULT false,
    "seenAt" DATETIME NOT NULL,
    "fetchedAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00'
);

-- CreateTable
CREATE TABLE "Post" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "uri" TEXT NOT NULL,
    "sortKey" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'note',
    "html" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL DEFAULT '',
    "warning" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "reach" TEXT NOT NULL DEFAULT 'everyone',
    "publishedAt" DATETIME NOT NULL,
    "editedAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "receivedAt" DATETIME NOT NULL,
    "replyToId" TEXT NOT NULL DEFAULT '',
    "replyToUri" TEXT NOT NULL DEFAULT '',
    "threadId" TEXT NOT NULL DEFAULT '',
    "own" BOOLEAN NOT NULL DEFAULT false,
    "inHome" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PostRevision" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "postId" TEXT NOT NULL,
    "html" TEXT NOT NULL DEFAULT '',
    "warning" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    CONSTRAINT "PostRevision_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Addressee" (
    "postId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "mention" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("postId", "personId"),
    CONSTRAINT "Addressee_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Addressee_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Subscription" (
    "subscriberId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "uri" TEXT NOT NULL DEFAULT '',
    "askedAt" DATETIME NOT NULL,
    "answeredAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',

    PRIMARY KEY ("subscriberId", "personId"),
    CONSTRAINT "Subscription_subscriberId_fkey" FOREIGN KEY ("subscriberId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Subscription_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Blocked" (
    "personId" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    CONSTRAINT "Blocked_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sortKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "postId" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    CONSTRAINT "Notice_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Marker" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "position" BIGINT NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL DEFAULT ''
);

-- CreateTable
CREATE TABLE "Secret" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "value" BLOB NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "scopes" TEXT NOT NULL DEFAULT 'read',
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Media" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "width" INTEGER NOT NULL DEFAULT 0,
    "height" INTEGER NOT NULL DEFAULT 0,
    "alt" TEXT NOT NULL DEFAULT '',
    "purpose" TEXT NOT NULL DEFAULT 'post',
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Job" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "peer" TEXT NOT NULL DEFAULT '',
    "about" TEXT NOT NULL DEFAULT '{}',
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "claimedBy" TEXT NOT NULL DEFAULT '',
    "epoch" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "JobTry" (
    "jobId" TEXT NOT NULL PRIMARY KEY,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextAt" DATETIME NOT NULL,
    "lastError" TEXT NOT NULL DEFAULT ''
);

-- CreateTable
CREATE TABLE "Peer" (
    "host" TEXT NOT NULL PRIMARY KEY,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "nextAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "reachedAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "heardAt" DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00',
    "lastError" TEXT NOT NULL DEFAULT ''
);

-- CreateTable
CREATE TABLE "Delivery" (
    "postId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("postId", "personId"),
    CONSTRAINT "Delivery_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Handled" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Person_address_idx" ON "Person"("address");

-- CreateIndex
CREATE INDEX "Person_sortKey_idx" ON "Person"("sortKey");

-- CreateIndex
CREATE INDEX "Post_inHome_sortKey_idx" ON "Post"("inHome", "sortKey");

-- CreateIndex
CREATE INDEX "Post_authorId_sortKey_idx" ON "Post"("authorId", "sortKey");

-- CreateIndex
CREATE INDEX "Post_threadId_sortKey_idx" ON "Post"("threadId", "sortKey");

-- CreateIndex
CREATE INDEX "Post_replyToId_sortKey_idx" ON "Post"("replyToId", "sortKey");

-- CreateIndex
CREATE INDEX "Post_sortKey_idx" ON "Post"("sortKey");

-- CreateIndex
CREATE INDEX "PostRevision_postId_at_idx" ON "PostRevision"("postId", "at");

-- CreateIndex
CREATE INDEX "Addressee_personId_idx" ON "Addressee"("personId");

-- CreateIndex
CREATE INDEX "Subscription_personId_state_idx" ON "Subscription"("personId", "state");

-- CreateIndex
CREATE INDEX "Notice_sortKey_idx" ON "Notice"("sortKey");

-- CreateIndex
CREATE INDEX "Notice_personId_idx" ON "Notice"("personId");

-- CreateIndex
CREATE INDEX "Notice_postId_idx" ON "Notice"("postId");

-- CreateIndex
CREATE INDEX "Job_peer_createdAt_idx" ON "Job"("peer", "createdAt");

-- CreateIndex
CREATE INDEX "Delivery_personId_idx" ON "Delivery"("personId");

-- CreateIndex
CREATE INDEX "Handled_at_idx" ON "Handled"("at");
