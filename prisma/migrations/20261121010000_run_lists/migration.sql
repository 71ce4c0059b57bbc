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

DROP INDEX "run_started_at_id_idx";
DROP INDEX "run_detector_id_started_at_idx";
DROP INDEX "run_outcome_started_at_idx";
DROP INDEX "run_quality_started_at_idx";
DROP INDEX "run_by_started_at_idx";
DROP INDEX "run_mode_started_at_idx";
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
