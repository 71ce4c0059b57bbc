-- AlterTable
ALTER TABLE "pipeline" ADD COLUMN     "parameters" TEXT NOT NULL DEFAULT 'approved';

-- AlterTable
ALTER TABLE "job_dependency" ADD COLUMN     "awaits_approval" BOOLEAN NOT NULL DEFAULT false;
