-- CreateTable
CREATE TABLE "parameter_set" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "detector_id" UUID,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "parameter_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "parameter_version" (
    "id" UUID NOT NULL,
    "set_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "mode" TEXT NOT NULL DEFAULT 'append',
    "targets" TEXT[],
    "category" TEXT NOT NULL DEFAULT 'all',
    "valid_from" TIMESTAMPTZ(6) NOT NULL,
    "valid_to" TIMESTAMPTZ(6),
    "first_run" INTEGER,
    "last_run" INTEGER,
    "status" TEXT NOT NULL DEFAULT 'proposed',
    "note" TEXT NOT NULL DEFAULT '',
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(6),
    "decision_note" TEXT NOT NULL DEFAULT '',
    "job_id" UUID,
    "dataset_ids" UUID[],

    CONSTRAINT "parameter_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "parameter_set_detector_id_idx" ON "parameter_set"("detector_id");

-- CreateIndex
CREATE UNIQUE INDEX "parameter_set_name_detector_id_key" ON "parameter_set"("name", "detector_id");

-- CreateIndex
CREATE INDEX "parameter_version_set_id_status_valid_from_idx" ON "parameter_version"("set_id", "status", "valid_from");

-- CreateIndex
CREATE INDEX "parameter_version_set_id_hash_idx" ON "parameter_version"("set_id", "hash");

-- CreateIndex
CREATE INDEX "parameter_version_job_id_idx" ON "parameter_version"("job_id");

-- CreateIndex
CREATE UNIQUE INDEX "parameter_version_set_id_version_key" ON "parameter_version"("set_id", "version");

-- AddForeignKey
ALTER TABLE "parameter_set" ADD CONSTRAINT "parameter_set_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parameter_version" ADD CONSTRAINT "parameter_version_set_id_fkey" FOREIGN KEY ("set_id") REFERENCES "parameter_set"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of all detectors there is one set of a name.
CREATE UNIQUE INDEX "parameter_set_everywhere" ON "parameter_set"("name") WHERE "detector_id" IS NULL;
