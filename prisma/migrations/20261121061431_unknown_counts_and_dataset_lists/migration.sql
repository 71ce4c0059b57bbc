-- DropIndex
DROP INDEX "run_recorded_id_idx";

-- DropIndex
DROP INDEX "dataset_data_kind_created_at_idx";

-- AlterTable
ALTER TABLE "run" ALTER COLUMN "recorded" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "dataset_detector_id_id_idx" ON "dataset"("detector_id", "id");

-- CreateIndex
CREATE INDEX "dataset_data_kind_id_idx" ON "dataset"("data_kind", "id");

-- Runs by the number of events; what nobody has counted comes below nothing.
CREATE INDEX "run_recorded" ON "run"((coalesce("recorded", -1)), "id");

-- Nobody has counted the events of recordings that were imported and not decoded.
UPDATE "run" SET "recorded" = NULL WHERE "origin" = 'imported' AND "recorded" = 0 AND NOT ('raw' = ANY("data_kinds"));
