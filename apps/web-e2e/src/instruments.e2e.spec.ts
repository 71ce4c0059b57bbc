import { endpoints } from '@countroom/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endRun, startRun } from './harness/arrange.js';
import { ControlRoom } from './harness/control-room.js';
import { takePictures } from './harness/pictures.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();

/** Puts panels on the board that are at hand but not shown. */
async function show(page: Page, ...titles: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Arrange panels' }).click();
  for (const title of titles) await page.getByRole('button', { name: `Show ${title}` }).click();
  await page.getByRole('button', { name: 'Done arranging' }).click();
}

describe('instruments', () => {
  let usual = '';
  const use = async (configurationVersionId: string): Promise<void> => {
    const api = await bench.api();
    const body = { configurationVersionId };
    await api.call(endpoints.detectors.update, { params: { detector: 'demo' }, body });
  };

  beforeAll(async () => {
    const api = await bench.api();
    const detectors = await api.call(endpoints.detectors.list, {});
    const { configuration } = detectors.find(({ name }) => name === 'demo')!;
    const params = { id: configuration!.id };
    const versions = await api.call(endpoints.configurations.versions, { params });
    const { id, content } = versions.find(({ version }) => version === configuration!.version)!;
    usual = id;
    const consumers = [
      {
        name: 'peaks',
        input: (content as { sources: { name: string }[] }).sources[0]!.name,
        kind: 'peak-finder',
        events: 'single',
        // Counts of a digitizer stand for volts: the step of a germanium detector is found within its rise.
        config: {
          peak_minimal_prominence: 20_000,
          largestHeight: 70_000_000,
          trigger_channel: 'none',
          trigger_position_tolerance: 400,
        },
      },
    ];
    const body = { content: { ...content, consumers }, comment: 'with a consumer' };
    await use((await api.call(endpoints.configurations.addVersion, { params, body })).id);
  });
  afterAll(() => use(usual));

  it('show buffers, the health of consumers, their histograms, and voltages', async () => {
    const api = await bench.api();
    const { page } = await bench.page();
    await page.goto(`${bench.address}/control-room`);
    await new ControlRoom(page).start.waitFor();
    await show(page, 'Buffer manager', 'Histograms of consumers', 'Voltmeter and logger');
    const number = await startRun(api);
    const buffers = page.getByRole('region', { name: 'Buffer manager' });
    await buffers.getByText('the last second').waitFor();
    await waitFor('a consumer at work', async () => /✓ working/.test(await buffers.innerText()));
    await waitFor('events of the consumer', async () => /peaks \d/.test(await buffers.innerText()));
    const histograms = page.getByRole('region', { name: 'Histograms of consumers' });
    await waitFor('entries', async () => /[1-9]\d* entries, mean/.test(await histograms.innerText()));
    await new ControlRoom(page).waitForRedraw(histograms);
    await page.getByRole('region', { name: 'Voltmeter and logger' }).getByText('adc').first().waitFor();
    expect(await takePictures(page, 'instruments', 'control-room')).toEqual([]);
    await endRun(api, number);
    await waitFor('the consumer has ended', async () => /✓ ended/.test(await buffers.innerText()));
  });
});
