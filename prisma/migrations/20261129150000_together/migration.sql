CREATE TABLE "Together" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "own" BOOLEAN NOT NULL,
    "way" TEXT NOT NULL DEFAULT 'together',
    "state" TEXT NOT NULL DEFAULT 'shown',
    "personId" TEXT NOT NULL DEFAULT '',
    "fingerprint" TEXT NOT NULL DEFAULT '',
    "at" DATETIME NOT NULL,
    "until" DATETIME NOT NULL
);
CREATE INDEX "Together_until_idx" ON "Together"("until");

CREATE TABLE "KeyWord" (
    "personId" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("personId", "byId"),
    CONSTRAINT "KeyWord_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "KeyWord_byId_idx" ON "KeyWord"("byId");
