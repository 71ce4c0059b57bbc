import { endpoints } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import type { Api } from './harness/api.js';
import { takeRun } from './harness/arrange.js';
import { takePictures } from './harness/pictures.js';
import { ProcessPage } from './harness/process-page.js';
import { useBench } from './harness/test.js';

const bench = useBench();
/** Tens of thousands of pulses go through six jobs, on a machine that may have other work. */
const manyJobsMs = 400_000;

/** A tenth of the usual rate of a source in the lab would take a quarter of an hour to fill the lines. */
async function takeManyPulses(api: Api, events: number): Promise<number> {
  const demo = (await api.call(endpoints.detectors.list, {})).find(({ name }) => name === 'demo')!;
  const id = demo.configuration!.id;
  const versions = await api.call(endpoints.configurations.versions, { params: { id } });
  const usual = versions.find(({ version }) => version === demo.configuration!.version)!;
  const content = JSON.parse(
    JSON.stringify(usual.content).replaceAll('"rateHz":50', '"rateHz":1200'),
  ) as object;
  const fast = await api.call(endpoints.configurations.addVersion, {
    params: { id },
    body: { content: content as typeof usual.content },
  });
  const use = (configurationVersionId: string) =>
    api.call(endpoints.detectors.update, { params: { detector: 'demo' }, body: { configurationVersionId } });
  await use(fast.id);
  try {
    return await takeRun(api, events);
  } finally {
    await use(usual.id);
  }
}

describe('a calibration', () => {
  it(
    'is waited for by its own request, approved by one click, and used by the hits',
    async () => {
      const api = await bench.api();
      const number = await takeManyPulses(api, 30_000);
      const run = { detector: 'demo', number };
      const watched = await bench.page();
      const { page } = watched;
      const form = new ProcessPage(page);
      await watched.goto(`/process?runs=demo/${number}`, 'Process');
      await form.choosePipeline('demo-calibrated');
      await page.getByText('5 to compute').waitFor();
      await page.getByText('compute once approved').first().waitFor();
      expect(await takePictures(page, 'pipeline', 'form-approval')).toEqual([]);
      await form.submit();
      const graph = page.getByRole('group', { name: 'Graph of the stages' });
      const hits = graph.getByRole('link').filter({ hasText: 'dsp_to_hit' });
      await hits.getByText('Waits for approval').waitFor({ timeout: 120_000 });
      expect(await takePictures(page, 'pipeline', 'approval')).toEqual([]);
      const request = page.url();

      await page.getByRole('link', { name: `Report of calibrate for demo ${number}` }).click();
      await page.getByRole('heading', { level: 1, name: `calibration of demo ${number}` }).waitFor();
      await page.getByRole('img', { name: 'Spectrum with the lines that were found' }).waitFor();
      await page.getByRole('img', { name: 'Resolution', exact: true }).waitFor();
      expect(await takePictures(page, 'analysis', 'calibration')).toEqual([]);
      await page.getByRole('button', { name: /^Approve for \d channels$/ }).click();
      await page.getByRole('link', { name: /^hit parameters, version \d+$/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Parameters hit of demo' }).waitFor();
      const values = page.getByRole('region', { name: 'Values over time' }).getByLabel('Value');
      await values.locator('option[value$=".c1"]').first().waitFor({ state: 'attached' });
      expect(await takePictures(page, 'parameters', 'set')).toEqual([]);

      await page.goto(request);
      await page.getByText('5 completed').waitFor({ timeout: 120_000 });

      // Limits of the baseline come from the run as well, and only what reads them is made again.
      await watched.goto(`/process?runs=demo/${number}`, 'Process');
      await form.choose({ find_cuts: 'demo' });
      await form.submit();
      await form.waitUntilCompleted(run, ['find_cuts']);
      const query = { detector: 'demo', run: number, dataKind: 'cuts' };
      const [cuts] = (await api.call(endpoints.data.list, { query })).items;
      await watched.goto(`/data/${cuts!.id}`, `cuts of demo ${number}`);
      await page.getByRole('img', { name: 'Window of bl_std' }).waitFor();
      expect(await takePictures(page, 'analysis', 'cuts')).toEqual([]);
      await page.getByRole('button', { name: /^Approve for \d channels$/ }).click();
      await page.getByRole('link', { name: /^hit parameters, version \d+$/ }).waitFor();
      const stages = [{ stage: 'dsp_to_hit', config: await hitOptions(api) }];
      const preview = await api.call(endpoints.jobs.preview, { body: { runs: [run], stages } });
      expect(preview.counts).toMatchObject({ compute: 1, stored: 0 });
      expect(preview.runs[0]!.steps[0]!.reason.text).toContain('database');
    },
    manyJobsMs,
  );

  it('stands in a list of parameters, where values are proposed and decided on', async () => {
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto('/parameters', 'Parameters');
    expect(await takePictures(page, 'parameters', 'list')).toEqual([]);
    await page.getByRole('button', { name: 'Propose values' }).click();
    await page.getByLabel('Note').fill('from the data sheet');
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Parameters dsp of all detectors' }).waitFor();
    await page.getByText('180*us').first().waitFor();
    await page.getByLabel('Why').fill('a test');
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('rejected').first().waitFor();
  });
});

async function hitOptions(api: Api): Promise<Record<string, never>> {
  const found = await api.call(endpoints.configurations.list, { query: { kind: 'dsp_to_hit' } });
  const { id } = found.find(({ name }) => name === 'demo')!;
  const [newest] = await api.call(endpoints.configurations.versions, { params: { id } });
  return newest!.content as Record<string, never>;
}
