-- CreateTable
CREATE TABLE "dealership" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "dealership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT,
    "listed" BOOLEAN NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "accounts" TEXT[],
    "roles" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "raw_intake" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "content_type" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "parser" TEXT NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "raw_intake_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead" (
    "id" UUID NOT NULL,
    "dealership_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "external_key" TEXT NOT NULL,
    "raw_intake_id" UUID,
    "tier" TEXT NOT NULL,
    "stage" TEXT NOT NULL DEFAULT 'new',
    "temperature" TEXT,
    "owner_id" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_at" TIMESTAMPTZ(3),
    "claimed_at" TIMESTAMPTZ(3),
    "contacted_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "next_action_kind" TEXT,
    "next_action_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "customer" JSONB NOT NULL,
    "interest" JSONB,
    "trade_in" JSONB,
    "message" TEXT,
    "origin" JSONB NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_ref" (
    "lead_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "message" TEXT,
    "shown" INTEGER NOT NULL DEFAULT 0,
    "posting_since" TIMESTAMPTZ(3),
    "posted_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_ref_pkey" PRIMARY KEY ("lead_id","channel")
);

-- CreateTable
CREATE TABLE "timeline_event" (
    "id" BIGSERIAL NOT NULL,
    "lead_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "behalf_of_id" TEXT,
    "platform" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "timeline_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "note" (
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "author_id" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "photo" (
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "appraisal_id" UUID,
    "uploader_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "filename" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "original" BYTEA,
    "image" BYTEA,
    "thumbnail" BYTEA,
    "view" TEXT,

    CONSTRAINT "photo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appraisal" (
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "requester_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "vehicle" JSONB NOT NULL,
    "note" TEXT,

    CONSTRAINT "appraisal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "estimate" (
    "id" UUID NOT NULL,
    "appraisal_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "author_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "amount" DECIMAL(12,2) NOT NULL,
    "currency" TEXT NOT NULL,
    "valid_until" DATE NOT NULL,
    "conditions" TEXT,
    "note" TEXT,

    CONSTRAINT "estimate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "requester_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "justification" TEXT NOT NULL,
    "decider_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "comment" TEXT,
    "colleague_id" TEXT,
    "recycle_on" DATE,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "source_id" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" JSONB NOT NULL,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("source_id","webhook_id")
);

-- CreateTable
CREATE TABLE "lane" (
    "key" TEXT NOT NULL,
    "budget" TEXT,
    "free_at" TIMESTAMPTZ(3) NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "holder" TEXT,
    "refused_at" TIMESTAMPTZ(3),

    CONSTRAINT "lane_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "raw_intake_received_at_idx" ON "raw_intake"("received_at");

-- CreateIndex
CREATE INDEX "lead_dealership_id_received_at_idx" ON "lead"("dealership_id", "received_at");

-- CreateIndex
CREATE INDEX "lead_owner_id_stage_idx" ON "lead"("owner_id", "stage");

-- CreateIndex
CREATE INDEX "lead_stage_received_at_idx" ON "lead"("stage", "received_at");

-- CreateIndex
CREATE INDEX "lead_raw_intake_id_idx" ON "lead"("raw_intake_id");

-- CreateIndex
CREATE UNIQUE INDEX "lead_source_id_external_key_key" ON "lead"("source_id", "external_key");

-- CreateIndex
CREATE UNIQUE INDEX "message_ref_message_key" ON "message_ref"("message");

-- CreateIndex
CREATE INDEX "timeline_event_lead_id_id_idx" ON "timeline_event"("lead_id", "id");

-- CreateIndex
CREATE INDEX "timeline_event_kind_at_idx" ON "timeline_event"("kind", "at");

-- CreateIndex
CREATE UNIQUE INDEX "note_message_key" ON "note"("message");

-- CreateIndex
CREATE INDEX "note_lead_id_at_idx" ON "note"("lead_id", "at");

-- CreateIndex
CREATE INDEX "photo_lead_id_idx" ON "photo"("lead_id");

-- CreateIndex
CREATE INDEX "photo_appraisal_id_idx" ON "photo"("appraisal_id");

-- CreateIndex
CREATE INDEX "appraisal_lead_id_idx" ON "appraisal"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "estimate_appraisal_id_version_key" ON "estimate"("appraisal_id", "version");

-- CreateIndex
CREATE INDEX "decision_lead_id_idx" ON "decision"("lead_id");

-- CreateIndex
CREATE INDEX "decision_decided_at_requested_at_idx" ON "decision"("decided_at", "requested_at");

-- CreateIndex
CREATE INDEX "webhook_delivery_received_at_idx" ON "webhook_delivery"("received_at");

-- CreateIndex
CREATE INDEX "lane_budget_refused_at_idx" ON "lane"("budget", "refused_at");

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_dealership_id_fkey" FOREIGN KEY ("dealership_id") REFERENCES "dealership"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_raw_intake_id_fkey" FOREIGN KEY ("raw_intake_id") REFERENCES "raw_intake"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_ref" ADD CONSTRAINT "message_ref_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline_event" ADD CONSTRAINT "timeline_event_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timeline_event" ADD CONSTRAINT "timeline_event_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note" ADD CONSTRAINT "note_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "photo" ADD CONSTRAINT "photo_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "photo" ADD CONSTRAINT "photo_appraisal_id_fkey" FOREIGN KEY ("appraisal_id") REFERENCES "appraisal"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appraisal" ADD CONSTRAINT "appraisal_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimate" ADD CONSTRAINT "estimate_appraisal_id_fkey" FOREIGN KEY ("appraisal_id") REFERENCES "appraisal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The timeline is only ever added to. A row may leave with its lead (erasure, retention), never change.
-- \x3B is the semicolon: the driver adapter splits scripts at every literal one, also inside a function's body.
CREATE FUNCTION timeline_is_append_only() RETURNS trigger LANGUAGE plpgsql
  AS E'BEGIN RAISE EXCEPTION ''timeline_event is append-only''\x3B END\x3B';

CREATE TRIGGER timeline_is_append_only BEFORE UPDATE ON "timeline_event" FOR EACH ROW EXECUTE FUNCTION timeline_is_append_only();
