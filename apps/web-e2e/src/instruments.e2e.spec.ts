import { endpoints } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endRun, startRun } from './harness/arrange.js';
import { takePictures } from './harness/pictures.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();

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

  it('stand on a bench that is arranged, kept under a name, and opened by its link', async () => {
    const api = await bench.api();
    const { page } = await bench.page();
    await page.goto(`${bench.address}/instruments`);
    await page.getByRole('button', { name: 'Arrange bench' }).click();
    for (const title of ['Voltmeter', 'Rates', 'XY'])
      await page.getByRole('button', { name: `Hide ${title}` }).click();
    await page.getByRole('button', { name: 'Move Histograms of consumers later' }).click();
    await page.getByRole('button', { name: 'Done arranging' }).click();
    await page.getByRole('combobox', { name: 'Persistence' }).selectOption('3');
    await page.getByRole('button', { name: 'Save bench' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save bench' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Muons');
    await dialog.getByRole('checkbox', { name: /^Shared/ }).check();
    await dialog.getByRole('button', { name: 'Save bench' }).click();
    await waitFor('the bench in the address', () => /bench=[\w-]{36}/.test(page.url()));
    const { searchParams } = new URL(page.url());
    await page.goto(`${bench.address}/instruments?bench=${searchParams.get('bench') ?? ''}`);
    await page
      .getByRole('combobox', { name: 'Bench' })
      .getByText('Muons (shared)')
      .waitFor({ state: 'attached' });
    await waitFor('the settings of the bench', () => page.url().includes('oscilloscope.persist=3'));
    await page.getByRole('region', { name: 'Voltmeter' }).waitFor({ state: 'detached' });

    const number = await startRun(api);
    const scope = page.getByRole('region', { name: 'Oscilloscope' });
    await scope.getByText(/event \d/).waitFor();
    await scope.getByRole('button', { name: 'Time cursors' }).click();
    const cursor = scope.getByRole('slider', { name: 'Time cursor 1' });
    const before = await cursor.getAttribute('aria-valuetext');
    await cursor.press('Shift+ArrowLeft');
    await waitFor('the cursor to move', async () => (await cursor.getAttribute('aria-valuetext')) !== before);
    await scope.getByText('1/Δt').waitFor();
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      scope.getByRole('button', { name: 'Save as picture' }).click(),
    ]);
    expect(picture.suggestedFilename()).toBe('demo-oscilloscope.png');
    await scope.getByText('Single', { exact: true }).click();
    await scope.getByText('held', { exact: true }).waitFor();

    const buffers = page.getByRole('region', { name: 'Buffer manager' });
    await waitFor('a consumer at work', async () => /✓ working/.test(await buffers.innerText()));
    await waitFor('events of the consumer', async () => /peaks: \d/.test(await buffers.innerText()));
    const histograms = page.getByRole('region', { name: 'Histograms of consumers' });
    await waitFor('entries', async () => /[1-9]\d* entries, mean/.test(await histograms.innerText()));
    await waitFor('readings', async () =>
      /[1-9]\d* readings/.test(await page.getByRole('region', { name: 'Data logger' }).innerText()),
    );
    expect(await takePictures(page, 'instruments', 'bench')).toEqual([]);
    await endRun(api, number);
    await waitFor('the consumer has ended', async () => /✓ ended/.test(await buffers.innerText()));
    await page.getByRole('button', { name: 'Remove bench' }).click();
    await page.getByText('Bench Muons is removed.').waitFor();

    await page.goto(`${bench.address}/runs/demo/${number}`);
    await page.getByRole('link', { name: 'results peaks/peaks.txt' }).click();
    await page.getByRole('columnheader', { name: 'counter' }).waitFor();
    await page.getByText('consumer peaks', { exact: true }).waitFor();
  });
});
