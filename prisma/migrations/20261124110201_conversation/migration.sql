-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "resting_until" DATE;

-- AlterTable
ALTER TABLE "message_ref" DROP CONSTRAINT "message_ref_pkey",
ADD COLUMN     "subject" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "topic" TEXT NOT NULL DEFAULT 'card',
ADD CONSTRAINT "message_ref_pkey" PRIMARY KEY ("lead_id", "channel", "topic", "subject");

-- AlterTable
ALTER TABLE "photo" ADD COLUMN     "file" TEXT,
ADD COLUMN     "published" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "refusal" TEXT;

-- CreateTable
CREATE TABLE "sale" (
    "lead_id" UUID NOT NULL,
    "seller_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "vehicle" TEXT NOT NULL,
    "reference" TEXT,
    "financing" BOOLEAN NOT NULL,
    "maintenance" BOOLEAN NOT NULL,
    "trade_in" BOOLEAN,
    "price" DECIMAL(12,2),
    "currency" TEXT NOT NULL,
    "delivery_on" DATE,
    "note" TEXT,

    CONSTRAINT "sale_pkey" PRIMARY KEY ("lead_id")
);

-- CreateTable
CREATE TABLE "estimate_question" (
    "id" UUID NOT NULL,
    "appraisal_id" UUID NOT NULL,
    "author_id" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "amount" DECIMAL(12,2) NOT NULL,
    "up_to" DECIMAL(12,2),
    "outcome" TEXT,

    CONSTRAINT "estimate_question_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "estimate_question_message_key" ON "estimate_question"("message");

-- CreateIndex
CREATE INDEX "estimate_question_appraisal_id_idx" ON "estimate_question"("appraisal_id");

-- CreateIndex
CREATE UNIQUE INDEX "photo_file_key" ON "photo"("file");

-- AddForeignKey
ALTER TABLE "sale" ADD CONSTRAINT "sale_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimate_question" ADD CONSTRAINT "estimate_question_appraisal_id_fkey" FOREIGN KEY ("appraisal_id") REFERENCES "appraisal"("id") ON DELETE CASCADE ON UPDATE CASCADE;
