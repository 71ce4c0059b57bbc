-- AlterTable
ALTER TABLE "alarm" ADD COLUMN     "comment" TEXT;
