-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "returned_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "lead_dealership_id_closed_at_idx" ON "lead"("dealership_id", "closed_at");

-- Leads that came back before there was a column for it.
UPDATE "lead" SET "returned_at" = back.at
FROM (SELECT lead_id, max(at) AS at FROM timeline_event WHERE kind = 'returned' GROUP BY lead_id) back
WHERE "lead".id = back.lead_id;
