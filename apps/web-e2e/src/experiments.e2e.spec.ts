import { endpoints } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takePictures } from './harness/pictures.js';
import { useBench } from './harness/test.js';

const bench = useBench();

describe('guided experiments', () => {
  let usual = '';
  beforeAll(async () => {
    const detectors = await (await bench.api()).call(endpoints.detectors.list, {});
    usual = detectors.find(({ name }) => name === 'demo')!.configuration!.versionId;
  });
  afterAll(async () => {
    const body = { configurationVersionId: usual };
    await (await bench.api()).call(endpoints.detectors.update, { params: { detector: 'demo' }, body });
  });

  it('set the detector up, tick what is done, and speak German', async () => {
    const { page } = await bench.page();
    await page.goto(`${bench.address}/experiments`);
    await page.getByRole('link', { name: 'Open First steps with the oscilloscope' }).click();
    await page.getByRole('heading', { name: 'First steps with the oscilloscope' }).waitFor();
    await page.getByRole('button', { name: 'Use these settings: Simulated scope' }).click();
    const first = page.getByRole('region', { name: '1. Choose the scope' });
    await first.getByText('Simulated scope: in use').waitFor();
    await first.getByText(/^done, seen at/).waitFor();
    const answer = page.getByRole('region', { name: '4. Measure the period' });
    await answer.getByRole('textbox').fill('2');
    await answer.getByText(/^Not yet: The cursors show/).waitFor();
    await answer.getByRole('textbox').fill('1,01');
    await answer.getByText('Right within the tolerance.').waitFor();
    await page.getByText('Deutsch', { exact: true }).click();
    await page.getByRole('heading', { name: 'Erste Schritte mit dem Oszilloskop' }).waitFor();
    await page.reload();
    await page
      .getByRole('region', { name: '4. Periode messen' })
      .getByText(/^erledigt/)
      .waitFor();
    expect(await takePictures(page, 'experiments', 'oscilloscope')).toEqual([]);
    await page.getByText('English', { exact: true }).click();
    await page.getByRole('heading', { name: 'First steps with the oscilloscope' }).waitFor();
  });
});
