-- CreateTable
CREATE TABLE "bench" (
    "id" UUID NOT NULL,
    "detector_id" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "bench_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "bench_detector_id_owner_name_key" ON "bench"("detector_id", "owner", "name");

-- AddForeignKey
ALTER TABLE "bench" ADD CONSTRAINT "bench_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE CASCADE ON UPDATE CASCADE;
