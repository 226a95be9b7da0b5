-- CreateTable
CREATE TABLE "occasion" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "occasion_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "notice" (
    "topic" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "message" TEXT,
    "shown" INTEGER NOT NULL DEFAULT 0,
    "posting_since" TIMESTAMPTZ(3),
    "posted_at" TIMESTAMPTZ(3),
    "pictures" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "notice_pkey" PRIMARY KEY ("topic","subject","place")
);

-- CreateIndex
CREATE UNIQUE INDEX "notice_message_key" ON "notice"("message");
