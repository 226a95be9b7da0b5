-- CreateTable
CREATE TABLE "home" (
    "account" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "wanted_at" TIMESTAMPTZ(3),
    "drawn_at" TIMESTAMPTZ(3),
    "shows" TEXT,
    "token" TEXT,

    CONSTRAINT "home_pkey" PRIMARY KEY ("account")
);

-- CreateIndex
CREATE INDEX "home_opened_at_idx" ON "home"("opened_at");
