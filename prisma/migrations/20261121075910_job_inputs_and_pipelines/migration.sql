-- CreateTable
CREATE TABLE "job_input" (
    "job_id" UUID NOT NULL,
    "port" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "dataset_id" UUID,
    "made_by_id" UUID,

    CONSTRAINT "job_input_pkey" PRIMARY KEY ("job_id","port","position")
);

-- CreateTable
CREATE TABLE "pipeline" (
    "id" UUID NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stages" JSONB NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 50,
    "force" BOOLEAN NOT NULL DEFAULT false,
    "configuration_version_id" UUID,
    "rule_id" UUID,

    CONSTRAINT "pipeline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline_step" (
    "pipeline_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "job_id" UUID NOT NULL,

    CONSTRAINT "pipeline_step_pkey" PRIMARY KEY ("pipeline_id","run_id","stage")
);

-- CreateTable
CREATE TABLE "processing_rule" (
    "id" UUID NOT NULL,
    "detector_id" UUID NOT NULL,
    "configuration_id" UUID NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "priority" INTEGER NOT NULL DEFAULT 50,
    "after_number" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "processing_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "processing_rule_run" (
    "rule_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "pipeline_id" UUID,
    "error" TEXT,

    CONSTRAINT "processing_rule_run_pkey" PRIMARY KEY ("rule_id","run_id")
);

-- CreateIndex
CREATE INDEX "job_input_made_by_id_idx" ON "job_input"("made_by_id");

-- CreateIndex
CREATE INDEX "job_input_dataset_id_idx" ON "job_input"("dataset_id");

-- CreateIndex
CREATE UNIQUE INDEX "pipeline_ordinal_key" ON "pipeline"("ordinal");

-- CreateIndex
CREATE INDEX "pipeline_rule_id_idx" ON "pipeline"("rule_id");

-- CreateIndex
CREATE INDEX "pipeline_step_job_id_idx" ON "pipeline_step"("job_id");

-- CreateIndex
CREATE INDEX "pipeline_step_run_id_idx" ON "pipeline_step"("run_id");

-- CreateIndex
CREATE INDEX "processing_rule_configuration_id_idx" ON "processing_rule"("configuration_id");

-- CreateIndex
CREATE UNIQUE INDEX "processing_rule_detector_id_configuration_id_key" ON "processing_rule"("detector_id", "configuration_id");

-- CreateIndex
CREATE INDEX "processing_rule_run_run_id_idx" ON "processing_rule_run"("run_id");

-- Inputs of the jobs there are: one each, at the port of its stage.
INSERT INTO "job_input" ("job_id", "port", "position", "dataset_id", "made_by_id")
SELECT j."id",
       coalesce(
         CASE j."stage" WHEN 'daq_to_raw' THEN 'daq' WHEN 'raw_to_dsp' THEN 'raw' WHEN 'dsp_to_hit' THEN 'dsp' END,
         d."data_kind", ''),
       0, d."id",
       (SELECT min(n."depends_on_id"::text)::uuid FROM "job_dependency" n WHERE n."job_id" = j."id")
FROM "job" j LEFT JOIN "dataset" d ON d."id" = j."input_dataset_ids"[1]
WHERE d."id" IS NOT NULL OR EXISTS (SELECT 1 FROM "job_dependency" n WHERE n."job_id" = j."id");

-- AlterTable
ALTER TABLE "job" DROP COLUMN "input_dataset_ids";

-- Requests were only a number that jobs shared.
INSERT INTO "pipeline" ("id", "by", "created_at", "stages", "priority", "force")
SELECT "pipeline_id", min("by"), min("created_at"), '[]', max("priority"), bool_or("force")
FROM "job" WHERE "pipeline_id" IS NOT NULL GROUP BY "pipeline_id" ORDER BY min("ordinal");

INSERT INTO "pipeline_step" ("pipeline_id", "run_id", "stage", "position", "job_id")
SELECT "pipeline_id", "run_id", "stage",
       (row_number() OVER (PARTITION BY "pipeline_id", "run_id" ORDER BY "ordinal"))::int - 1, "id"
FROM "job" WHERE "pipeline_id" IS NOT NULL
ON CONFLICT DO NOTHING;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_input" ADD CONSTRAINT "job_input_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_input" ADD CONSTRAINT "job_input_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "job"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_input" ADD CONSTRAINT "job_input_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "dataset"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline" ADD CONSTRAINT "pipeline_configuration_version_id_fkey" FOREIGN KEY ("configuration_version_id") REFERENCES "configuration_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline" ADD CONSTRAINT "pipeline_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "processing_rule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_step" ADD CONSTRAINT "pipeline_step_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_step" ADD CONSTRAINT "pipeline_step_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pipeline_step" ADD CONSTRAINT "pipeline_step_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "processing_rule" ADD CONSTRAINT "processing_rule_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "processing_rule" ADD CONSTRAINT "processing_rule_configuration_id_fkey" FOREIGN KEY ("configuration_id") REFERENCES "configuration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "processing_rule_run" ADD CONSTRAINT "processing_rule_run_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "processing_rule"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "processing_rule_run" ADD CONSTRAINT "processing_rule_run_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "processing_rule_run" ADD CONSTRAINT "processing_rule_run_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline"("id") ON DELETE SET NULL ON UPDATE CASCADE;
