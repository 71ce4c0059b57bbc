import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceRoot } from '../../../platform/config/workspace-root.js';
import { createTestDatabase, type TestDatabase } from '../../../platform/testing/test-database.js';

const folder = join(workspaceRoot, 'prisma', 'migrations');
const migrations = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const ours = migrations.findIndex((name) => name.endsWith('_job_inputs_and_pipelines'));

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [detector, run, store, raw, dsp, first, second, third, lost, request] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
].map(id);

let database: TestDatabase;
const apply = (name: string): Promise<unknown> =>
  database.query(readFileSync(join(folder, name, 'migration.sql'), 'utf8'));

beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  for (const name of migrations.slice(0, ours)) await apply(name);
});
afterAll(() => database.drop());

it('jobs with one input in an array get inputs of their own, requests become pipelines', async () => {
  const dataset = (one: string, kind: string): string => `
    INSERT INTO dataset (id, detector_id, run_id, data_kind, lineage_hash, lineage, store_id, path, format, bytes)
    VALUES ('${one}', '${detector}', '${run}', '${kind}', '${kind}', '{}', '${store}', '${kind}', 'lh5', 0);`;
  const job = (one: string, stage: string, inputs: string[], pipeline: string | null): string => `
    INSERT INTO job (id, stage, detector_id, run_id, status, config, lineage, lineage_hash, input_dataset_ids, pipeline_id, by)
    VALUES ('${one}', '${stage}', '${detector}', '${run}', 'completed', '{}', '{}', '${stage}',
            ARRAY[${inputs.map((input) => `'${input}'`).join()}]::uuid[], ${pipeline === null ? 'NULL' : `'${pipeline}'`}, 'ann');`;
  await database.query(`
    INSERT INTO detector (id, name, kind) VALUES ('${detector}', 'lab', 'files');
    INSERT INTO run (id, detector_id, number, origin, by) VALUES ('${run}', '${detector}', 1, 'imported', 'ann');
    INSERT INTO store (id, name) VALUES ('${store}', 'data');
    ${dataset(raw!, 'raw')} ${dataset(dsp!, 'dsp')}
    ${job(first!, 'raw_to_dsp', [raw!], request!)} ${job(second!, 'dsp_to_hit', [dsp!], request!)}
    ${job(third!, 'dsp_to_hit', [], null)} ${job(lost!, 'raw_to_dsp', [id(99)], null)}
    INSERT INTO job_dependency (job_id, depends_on_id) VALUES ('${second}', '${first}'), ('${third}', '${first}');`);
  for (const name of migrations.slice(ours)) await apply(name);

  const inputs = await database.query('SELECT * FROM job_input ORDER BY job_id');
  expect(inputs).toEqual([
    { job_id: first, port: 'raw', position: 0, dataset_id: raw, made_by_id: null },
    { job_id: second, port: 'dsp', position: 0, dataset_id: dsp, made_by_id: first },
    { job_id: third, port: 'dsp', position: 0, dataset_id: null, made_by_id: first },
  ]);
  expect(await database.query('SELECT id, by, stages, force FROM pipeline')).toEqual([
    { id: request, by: 'ann', stages: [], force: false },
  ]);
  expect(await database.query('SELECT stage, position, job_id FROM pipeline_step ORDER BY position')).toEqual(
    [
      { stage: 'raw_to_dsp', position: 0, job_id: first },
      { stage: 'dsp_to_hit', position: 1, job_id: second },
    ],
  );
});
