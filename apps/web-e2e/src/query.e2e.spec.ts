import { readFile } from 'node:fs/promises';
import { endpoints, type JobInfo } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { waitForEntry } from './harness/address.js';
import { processRun, takeRun } from './harness/arrange.js';
import { takePictures } from './harness/pictures.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();

const events = {
  channels: { all: ['ch0', 'ch1', 'ch2', 'ch3'] },
  operations: {
    multiplicity: { aggregation_mode: 'sum', expression: 'hit.energy > 0', initial: 0, channels: 'all' },
  },
};

describe('a query over the tiers of a run', () => {
  it('plots columns of hits and events together, and saves the rows that pass as a data set', async () => {
    const api = await bench.api();
    const run = { detector: 'demo', number: await takeRun(api, 200) };
    await processRun(api, run, 'demo');
    const { jobs } = await api.call(endpoints.jobs.submit, {
      body: {
        runs: [run],
        stages: [
          {
            stage: 'build_tcm',
            config: { from: 'raw', tables: ['ch*/raw'], columns: [{ name: 'devicetime', window: 1e5 }] },
          },
          {
            stage: 'hit_to_evt',
            config: { config: events, tables: { hit: 'ch{}/hit' } },
          },
        ],
      },
    });
    const ended = async (ids: readonly string[]): Promise<readonly JobInfo[] | false> => {
      const now = await Promise.all(ids.map((id) => api.call(endpoints.jobs.get, { params: { id } })));
      const failed = now.find(({ status }) => status === 'failed');
      if (failed !== undefined) throw new Error(`${failed.stage}: ${failed.error ?? ''}`);
      return now.every(({ status }) => status === 'completed') && now;
    };
    await waitFor('events', () => ended(jobs.map(({ id }) => id)));

    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/data/query?runs=demo/${run.number}&columns=hit.energy,evt.multiplicity`, 'Query');
    await page.getByText(/names of .*hit.*evt/).waitFor();
    await page.getByRole('combobox', { name: 'Columns' }).fill('twice = 2*hit.energy');
    await page.keyboard.press('Enter');
    await waitForEntry(page, 'columns', (text) => text.includes('twice'));
    await page.getByRole('textbox', { name: 'Cuts' }).fill('hit.energy > 100\nevt.multiplicity >= 1');
    await page.getByRole('combobox', { name: 'Across' }).fill('hit.energy');
    await page.keyboard.press('Enter');
    await page.getByRole('figure').first().waitFor();
    await page.getByRole('columnheader', { name: 'twice' }).waitFor();
    await waitForEntry(page, 'cuts', (text) => text.includes('evt.multiplicity'));
    expect(await takePictures(page, 'query', 'hits')).toEqual([]);

    await page.getByRole('button', { name: 'Save all rows' }).click();
    const started = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Parquet' }).click();
    const file = await started;
    expect(file.suggestedFilename()).toBe(`query-demo-${run.number}.parquet`);
    expect((await readFile(await file.path())).subarray(-4).toString()).toBe('PAR1');

    await page.getByRole('combobox', { name: 'Up' }).fill('evt.multiplicity');
    await page.keyboard.press('Enter');
    await page.getByText('Fullest cells as a table').waitFor();

    await page.getByRole('button', { name: 'Save as data set' }).click();
    await page.waitForURL(/\/pipelines\//);
    const saved = await waitFor('the data set', async () => {
      const { items } = await api.call(endpoints.data.list, {
        query: { detector: run.detector, run: run.number, dataKind: 'skim' },
      });
      return items[0];
    });
    expect(JSON.stringify(saved.lineage)).toContain('hit.energy > 100');
    const rows = await api.call(endpoints.data.table, {
      params: { id: saved.id },
      query: { path: 'skim', count: 1000 },
    });
    expect(rows.rows).toBeGreaterThan(0);
    const energy = rows.columns.findIndex(({ name }) => name === 'energy');
    expect(rows.values.every((row) => Number(row[energy]) > 100)).toBe(true);
  });
});
