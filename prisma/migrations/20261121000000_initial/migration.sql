-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('viewer', 'shifter', 'expert', 'administrator');

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "full_name" TEXT NOT NULL DEFAULT '',
    "password_hash" TEXT,
    "disabled" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6),

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "detector_id" UUID,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "csrf_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "address" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "grants" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_token" (
    "id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "setup_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_attempt" (
    "id" BIGSERIAL NOT NULL,
    "subject" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "login_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "outcome" TEXT NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "trace_id" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "app_setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "store" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "store_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "configuration" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "detector_id" UUID,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "configuration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "configuration_version" (
    "id" UUID NOT NULL,
    "configuration_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "configuration_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "detector" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "configuration_version_id" UUID,
    "last_run_number" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "detector_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "detector_goal" (
    "detector_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'STOP',
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 0,
    "by" TEXT,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "detector_goal_pkey" PRIMARY KEY ("detector_id")
);

-- CreateTable
CREATE TABLE "detector_actual" (
    "detector_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "health" TEXT NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "run_id" UUID,
    "status" JSONB NOT NULL,
    "lease_token" BIGINT NOT NULL,
    "reported_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "detector_actual_pkey" PRIMARY KEY ("detector_id")
);

-- CreateTable
CREATE TABLE "baton" (
    "detector_id" UUID NOT NULL,
    "holder_id" UUID,
    "holder_name" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "token" BIGINT NOT NULL DEFAULT 0,
    "since" TIMESTAMPTZ(6),
    "expires_at" TIMESTAMPTZ(6),

    CONSTRAINT "baton_pkey" PRIMARY KEY ("detector_id")
);

-- CreateTable
CREATE TABLE "intent" (
    "id" UUID NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "detector_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "goal_version" INTEGER NOT NULL,
    "baton_token" BIGINT NOT NULL,
    "by" TEXT NOT NULL,
    "user_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status" TEXT NOT NULL DEFAULT 'pending',

    CONSTRAINT "intent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intent_event" (
    "intent_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "result" JSONB,

    CONSTRAINT "intent_event_pkey" PRIMARY KEY ("intent_id","sequence")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "instance_id" TEXT NOT NULL,
    "token" BIGINT NOT NULL,
    "host" TEXT NOT NULL DEFAULT '',
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "detector_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,
    "mode" TEXT NOT NULL DEFAULT '',
    "configuration_version_id" UUID,
    "configuration_hash" TEXT,
    "started_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "started_ns" BIGINT,
    "ended_ns" BIGINT,
    "outcome" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL,
    "tags" TEXT[],
    "comment" TEXT NOT NULL DEFAULT '',
    "quality" TEXT NOT NULL DEFAULT 'unset',
    "limits" JSONB NOT NULL DEFAULT '{}',
    "counters" JSONB NOT NULL DEFAULT '{}',
    "recorded" BIGINT NOT NULL DEFAULT 0,
    "live_time_ns" BIGINT NOT NULL DEFAULT 0,
    "sources" JSONB NOT NULL DEFAULT '[]',
    "data_kinds" TEXT[],
    "processing" TEXT NOT NULL DEFAULT 'none',
    "spool_path" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_entry" (
    "id" BIGSERIAL NOT NULL,
    "detector_id" UUID NOT NULL,
    "run_id" UUID,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "origin" TEXT NOT NULL,
    "level" TEXT NOT NULL DEFAULT 'info',
    "author" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "log_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset" (
    "id" UUID NOT NULL,
    "detector_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "data_kind" TEXT NOT NULL,
    "lineage_hash" TEXT NOT NULL,
    "lineage" JSONB NOT NULL,
    "store_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "rows" BIGINT,
    "bytes" BIGINT NOT NULL,
    "checksum" TEXT,
    "report" JSONB,
    "job_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(6),

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "stage" TEXT NOT NULL,
    "detector_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 50,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "fencing_token" BIGINT NOT NULL DEFAULT 0,
    "progress" DOUBLE PRECISION,
    "progress_text" TEXT NOT NULL DEFAULT '',
    "config" JSONB NOT NULL,
    "configuration_version_id" UUID,
    "lineage" JSONB NOT NULL,
    "lineage_hash" TEXT NOT NULL,
    "input_dataset_ids" UUID[],
    "output_dataset_id" UUID,
    "pipeline_id" UUID,
    "by" TEXT NOT NULL,
    "force" BOOLEAN NOT NULL DEFAULT false,
    "from_catalogue" BOOLEAN NOT NULL DEFAULT false,
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "heartbeat_at" TIMESTAMPTZ(6),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_dependency" (
    "job_id" UUID NOT NULL,
    "depends_on_id" UUID NOT NULL,

    CONSTRAINT "job_dependency_pkey" PRIMARY KEY ("job_id","depends_on_id")
);

-- CreateTable
CREATE TABLE "job_attempt" (
    "job_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "worker" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),
    "outcome" TEXT NOT NULL DEFAULT 'running',
    "error" TEXT,

    CONSTRAINT "job_attempt_pkey" PRIMARY KEY ("job_id","attempt")
);

-- CreateTable
CREATE TABLE "job_log_line" (
    "id" BIGSERIAL NOT NULL,
    "job_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "level" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "job_log_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_heartbeat" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(6) NOT NULL,
    "running" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "worker_heartbeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alarm" (
    "id" UUID NOT NULL,
    "detector_id" UUID,
    "subject" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cleared_at" TIMESTAMPTZ(6),
    "acknowledged_at" TIMESTAMPTZ(6),
    "acknowledged_by" TEXT,
    "occurrences" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "alarm_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_name_key" ON "app_user"("name");

-- CreateIndex
CREATE UNIQUE INDEX "role_grant_user_id_role_detector_id_key" ON "role_grant"("user_id", "role", "detector_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_secret_hash_key" ON "session"("secret_hash");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_secret_hash_key" ON "api_token"("secret_hash");

-- CreateIndex
CREATE INDEX "api_token_user_id_idx" ON "api_token"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "setup_token_secret_hash_key" ON "setup_token"("secret_hash");

-- CreateIndex
CREATE INDEX "login_attempt_subject_at_idx" ON "login_attempt"("subject", "at");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_idx" ON "audit_entry"("actor", "id");

-- CreateIndex
CREATE INDEX "audit_entry_action_id_idx" ON "audit_entry"("action", "id");

-- CreateIndex
CREATE UNIQUE INDEX "store_name_key" ON "store"("name");

-- CreateIndex
CREATE INDEX "configuration_detector_id_idx" ON "configuration"("detector_id");

-- CreateIndex
CREATE UNIQUE INDEX "configuration_kind_name_detector_id_key" ON "configuration"("kind", "name", "detector_id");

-- CreateIndex
CREATE UNIQUE INDEX "configuration_version_configuration_id_version_key" ON "configuration_version"("configuration_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "configuration_version_configuration_id_hash_key" ON "configuration_version"("configuration_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "detector_name_key" ON "detector"("name");

-- CreateIndex
CREATE UNIQUE INDEX "intent_ordinal_key" ON "intent"("ordinal");

-- CreateIndex
CREATE INDEX "intent_detector_id_status_ordinal_idx" ON "intent"("detector_id", "status", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "intent_detector_id_idempotency_key_key" ON "intent"("detector_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "run_recorded_id_idx" ON "run"("recorded", "id");

-- CreateIndex
CREATE INDEX "run_tags_idx" ON "run" USING GIN ("tags");

-- CreateIndex
CREATE UNIQUE INDEX "run_detector_id_number_key" ON "run"("detector_id", "number");

-- CreateIndex
CREATE INDEX "log_entry_run_id_id_idx" ON "log_entry"("run_id", "id");

-- CreateIndex
CREATE INDEX "log_entry_detector_id_id_idx" ON "log_entry"("detector_id", "id");

-- CreateIndex
CREATE INDEX "dataset_data_kind_created_at_idx" ON "dataset"("data_kind", "created_at");

-- CreateIndex
CREATE INDEX "dataset_checksum_idx" ON "dataset"("checksum");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_run_id_data_kind_lineage_hash_key" ON "dataset"("run_id", "data_kind", "lineage_hash");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_store_id_path_key" ON "dataset"("store_id", "path");

-- CreateIndex
CREATE UNIQUE INDEX "job_ordinal_key" ON "job"("ordinal");

-- CreateIndex
CREATE INDEX "job_status_priority_ordinal_idx" ON "job"("status", "priority" DESC, "ordinal");

-- CreateIndex
CREATE INDEX "job_run_id_idx" ON "job"("run_id");

-- CreateIndex
CREATE INDEX "job_pipeline_id_idx" ON "job"("pipeline_id");

-- CreateIndex
CREATE INDEX "job_dependency_depends_on_id_idx" ON "job_dependency"("depends_on_id");

-- CreateIndex
CREATE UNIQUE INDEX "job_log_line_job_id_sequence_key" ON "job_log_line"("job_id", "sequence");

-- CreateIndex
CREATE INDEX "alarm_cleared_at_raised_at_idx" ON "alarm"("cleared_at", "raised_at");

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "configuration" ADD CONSTRAINT "configuration_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "configuration_version" ADD CONSTRAINT "configuration_version_configuration_id_fkey" FOREIGN KEY ("configuration_id") REFERENCES "configuration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "detector" ADD CONSTRAINT "detector_configuration_version_id_fkey" FOREIGN KEY ("configuration_version_id") REFERENCES "configuration_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "detector_goal" ADD CONSTRAINT "detector_goal_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "detector_actual" ADD CONSTRAINT "detector_actual_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baton" ADD CONSTRAINT "baton_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "intent" ADD CONSTRAINT "intent_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "intent_event" ADD CONSTRAINT "intent_event_intent_id_fkey" FOREIGN KEY ("intent_id") REFERENCES "intent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_configuration_version_id_fkey" FOREIGN KEY ("configuration_version_id") REFERENCES "configuration_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "log_entry" ADD CONSTRAINT "log_entry_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "log_entry" ADD CONSTRAINT "log_entry_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_configuration_version_id_fkey" FOREIGN KEY ("configuration_version_id") REFERENCES "configuration_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_dependency" ADD CONSTRAINT "job_dependency_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_dependency" ADD CONSTRAINT "job_dependency_depends_on_id_fkey" FOREIGN KEY ("depends_on_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_attempt" ADD CONSTRAINT "job_attempt_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_log_line" ADD CONSTRAINT "job_log_line_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alarm" ADD CONSTRAINT "alarm_detector_id_fkey" FOREIGN KEY ("detector_id") REFERENCES "detector"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the schema language cannot say.

-- One active job per target and lineage.
CREATE UNIQUE INDEX "job_active_target" ON "job"("run_id", "stage", "lineage_hash") WHERE "status" IN ('waiting', 'queued', 'running');

-- One open alarm per detector (or none), subject and code.
CREATE UNIQUE INDEX "alarm_open" ON "alarm"("detector_id", "subject", "code") NULLS NOT DISTINCT WHERE "cleared_at" IS NULL;

-- Without a detector, a grant and a configuration are for all of them: once each.
CREATE UNIQUE INDEX "role_grant_everywhere" ON "role_grant"("user_id", "role") WHERE "detector_id" IS NULL;
CREATE UNIQUE INDEX "configuration_everywhere" ON "configuration"("kind", "name") WHERE "detector_id" IS NULL;

-- Lists of runs that stay quick over a million rows. Every order ends in the id, so that a page can begin
-- exactly behind the last row of the one before.

-- Duration in seconds, null while a run is taken.
CREATE FUNCTION run_seconds(started timestamptz, ended timestamptz) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN extract(epoch FROM ended - started)::double precision;

-- Words that people look for, cut at every punctuation mark. The 'simple' dictionary: names are not English.
CREATE FUNCTION words_of(content text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple'::regconfig, regexp_replace(content, '[!-/:-@\[-`{-~]+', ' ', 'g'));
CREATE FUNCTION run_text(comment text, reason text, tags text[]) RETURNS text
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN comment || ' ' || reason || ' ' || array_to_string(tags, ' ');
END $$;

CREATE INDEX "run_started" ON "run"((coalesce("started_at", "created_at")), "id");
CREATE INDEX "run_number" ON "run"("number", "id");
CREATE INDEX "run_duration" ON "run"((coalesce(run_seconds("started_at", "ended_at"), 0)), "id");
CREATE INDEX "run_detector_started" ON "run"("detector_id", (coalesce("started_at", "created_at")), "id");
CREATE INDEX "run_outcome_started" ON "run"("outcome", (coalesce("started_at", "created_at")), "id");
CREATE INDEX "run_quality_started" ON "run"("quality", (coalesce("started_at", "created_at")), "id");
CREATE INDEX "run_by_started" ON "run"("by", (coalesce("started_at", "created_at")), "id");
CREATE INDEX "run_mode_started" ON "run"("mode", (coalesce("started_at", "created_at")), "id");
CREATE INDEX "run_going_on" ON "run"((coalesce("started_at", "created_at")), "id")
  WHERE "started_at" IS NOT NULL AND "ended_at" IS NULL;
CREATE INDEX "run_words" ON "run" USING gin (words_of(run_text("comment", "reason", "tags")));
CREATE INDEX "log_entry_words" ON "log_entry" USING gin (words_of("text"));

-- What is written here stays as it was written.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "configuration_version_append_only" BEFORE UPDATE OR DELETE ON "configuration_version"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
