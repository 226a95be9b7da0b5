-- AlterTable
ALTER TABLE "estimate" ADD COLUMN     "lapsed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "message_ref" ADD COLUMN     "drawn" TEXT;

-- What has lapsed before is drawn so already.
UPDATE "estimate" SET "lapsed_at" = now() WHERE "valid_until" < CURRENT_DATE - 2;

-- Every minute the auditor looks for these rows, which are few, among those that are over, which are many.
CREATE INDEX "lead_ended_idx" ON "lead"("closed_at") WHERE "closed_at" IS NOT NULL;
CREATE INDEX "lead_resting_idx" ON "lead"("resting_until") WHERE "resting_until" IS NOT NULL;
CREATE INDEX "appraisal_unanswered_idx" ON "appraisal"("lead_id") WHERE "answered_at" IS NULL;
CREATE INDEX "estimate_holding_idx" ON "estimate"("valid_until") WHERE "lapsed_at" IS NULL;
CREATE INDEX "photo_received_idx" ON "photo"("at") WHERE "state" = 'received' AND ("file" IS NOT NULL OR "appraisal_id" IS NOT NULL);
CREATE INDEX "photo_unpublished_idx" ON "photo"("at") WHERE "state" = 'ready' AND "published" = '{}';
