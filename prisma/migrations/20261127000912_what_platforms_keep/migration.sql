-- CreateTable
CREATE TABLE "kept" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kept_pkey" PRIMARY KEY ("name")
);
