import { endpoints } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { takeRun } from './harness/arrange.js';
import { DatasetPage } from './harness/dataset-page.js';
import { takePictures } from './harness/pictures.js';
import { ProcessPage } from './harness/process-page.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();
const stages = ['raw_to_dsp', 'dsp_to_hit', 'build_tcm', 'hit_to_evt'];

describe('a pipeline', () => {
  it('makes events of a run with one choice, and is followed in its graph', async () => {
    const api = await bench.api();
    const number = await takeRun(api, 400);
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/process?runs=demo/${number}`, 'Process');
    const form = new ProcessPage(page);
    await form.choosePipeline('demo');
    await page.getByText('4 to compute').waitFor();
    expect(await takePictures(page, 'pipeline', 'form')).toEqual([]);
    await form.submit();
    await page.getByRole('heading', { level: 1, name: 'Request demo' }).waitFor();

    const ended = await waitFor('the jobs to end', async () => {
      const { items } = await api.call(endpoints.jobs.list, { query: { detector: 'demo', run: number } });
      return items.every(({ endedAt }) => endedAt !== null) ? items : undefined;
    });
    expect(ended.map(({ stage, error }) => `${stage} ${error ?? 'without error'}`).toSorted()).toEqual(
      stages.map((stage) => `${stage} without error`).toSorted(),
    );

    const graph = page.getByRole('group', { name: 'Graph of the stages' });
    for (const stage of stages) {
      await graph.getByRole('link').filter({ hasText: stage }).getByText('Completed').waitFor();
      const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: stage, exact: true }) });
      await row.getByText('Completed', { exact: true }).waitFor();
    }
    await page.getByText('4 completed').waitFor();
    expect(await takePictures(page, 'pipeline', 'graph')).toEqual([]);
    await graph.getByRole('link').filter({ hasText: 'build_tcm' }).click();
    await page.getByRole('heading', { level: 1, name: `build_tcm of demo ${number}` }).waitFor();

    await watched.goto(`/runs/demo/${number}`, `Run demo ${number}`);
    await new DatasetPage(page).openFromRun('evt');
    await page.getByText('multiplicity').first().waitFor();

    await watched.goto(`/process?runs=demo/${number}`, 'Process');
    await form.choosePipeline('demo');
    await page.getByText('4 stored already').waitFor();
  });

  it('is refused as a whole when there is nothing to begin with', async () => {
    const watched = await bench.page();
    await watched.goto('/process?runs=demo/98765', 'Process');
    await new ProcessPage(watched.page).choosePipeline('demo');
    await watched.page.getByText('There is no run demo/98765').waitFor();
    await watched.page.getByText('Part of it cannot be done').waitFor();
  });

  it('processes new runs by a rule that is made and removed on the page', async () => {
    const api = await bench.api();
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto('/process', 'Process');
    await page.getByRole('combobox', { name: 'Every new run of' }).selectOption('demo');
    await page.getByRole('combobox', { name: 'With the pipeline' }).selectOption({ label: 'demo' });
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('switch', { name: 'demo with demo' }).waitFor();
    const number = await takeRun(api, 100);
    const link = page.getByRole('list', { name: 'Rules' }).getByRole('link', { name: `run ${number}` });
    await link.waitFor({ timeout: 60_000 });
    expect(await takePictures(page, 'pipeline', 'rule')).toEqual([]);
    await page.getByRole('button', { name: 'Remove the rule of demo with demo' }).click();
    await page.getByText('once a rule says so').waitFor();
    const { items } = await api.call(endpoints.pipelines.list, { query: { detector: 'demo' } });
    expect(items[0]).toMatchObject({ name: 'demo', runs: 1, stages });
  });
});
