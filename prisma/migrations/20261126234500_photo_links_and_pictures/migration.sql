-- AlterTable
ALTER TABLE "photo" ADD COLUMN     "batch_id" UUID,
ADD COLUMN     "client_id" UUID,
ADD COLUMN     "link_id" UUID;

-- CreateTable
CREATE TABLE "photo_link" (
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "photo_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "picture" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "picture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secret" (
    "name" TEXT NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "secret_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "photo_link_lead_id_idx" ON "photo_link"("lead_id");

-- CreateIndex
CREATE INDEX "picture_created_at_idx" ON "picture"("created_at");

-- CreateIndex
CREATE INDEX "photo_batch_id_idx" ON "photo"("batch_id");

-- CreateIndex
CREATE UNIQUE INDEX "photo_link_id_client_id_key" ON "photo"("link_id", "client_id");

-- AddForeignKey
ALTER TABLE "photo" ADD CONSTRAINT "photo_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "photo_link"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "photo_link" ADD CONSTRAINT "photo_link_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;
