import { endpoints } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { takeRun } from './harness/arrange.js';
import { DatasetPage } from './harness/dataset-page.js';
import { ProcessPage } from './harness/process-page.js';
import { useBench } from './harness/test.js';

const bench = useBench();

describe('a run of the detector', () => {
  it('is processed from the form to a spectrum, and not computed twice', async () => {
    const api = await bench.api();
    const number = await takeRun(api, 400);
    const run = { detector: 'demo', number };
    const watched = await bench.page();
    const { page } = watched;

    await watched.goto(`/runs/demo/${number}`, `Run demo ${number}`);
    await page.getByRole('link', { name: 'Process', exact: true }).last().click();
    const form = new ProcessPage(page);
    await form.choose({ raw_to_dsp: 'demo', dsp_to_hit: 'demo' });
    await page.getByText('2 to compute').waitFor();
    await form.submit();
    await form.waitUntilCompleted(run, ['raw_to_dsp', 'dsp_to_hit']);

    await watched.goto(`/runs/demo/${number}`, `Run demo ${number}`);
    const shown = new DatasetPage(page);
    await shown.openFromRun('hit');
    expect(await shown.showHistogram('energy')).toBeGreaterThan(50);

    const query = { detector: 'demo', run: number };
    const before = await api.call(endpoints.data.list, { query });
    await watched.goto(`/process?runs=demo/${number}`, 'Process');
    await form.choose({ raw_to_dsp: 'demo', dsp_to_hit: 'demo' });
    await page.getByText('proposed: demo used it last').first().waitFor();
    await page.getByText('2 stored already').waitFor();
    await form.submit();
    await form.waitUntilCompleted(run, ['raw_to_dsp', 'dsp_to_hit']);
    await page.getByText('From catalogue').first().waitFor();
    const after = await api.call(endpoints.data.list, { query });
    expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
  });

  it('is refused in the form, with the reason, before anything is submitted', async () => {
    const watched = await bench.page();
    await watched.goto('/process?runs=demo/98765', 'Process');
    await new ProcessPage(watched.page).choose({ raw_to_dsp: 'demo' });
    await watched.page.getByText('There is no run demo/98765').waitFor();
    const submit = watched.page.getByRole('button', { name: 'Submit' });
    expect(await submit.getAttribute('aria-disabled')).toBe('true');
    await watched.page.getByText('Part of it cannot be done').waitFor();
  });
});
