import { detectorConfiguration, endpoints, jsonObject } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { takeRun } from './harness/arrange.js';
import { takePictures } from './harness/pictures.js';
import { ProcessPage } from './harness/process-page.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();

/** A simulated scope whose hours fly: thousands of muons in seconds. */
const content = detectorConfiguration.parse({
  sources: [
    {
      name: 'scope',
      driver: 'picoscope',
      simulated: true,
      config: {
        family: '2000a',
        channels: ['A', 'B'].map((name) => ({ name, rangeV: 0.5, coupling: 'DC' })),
        recordS: 20e-6,
        samples: 5000,
        trigger: { channel: 'A', thresholdV: -0.04, direction: 'falling' },
        simulation: { signal: 'muons', rateHz: 50, stoppedShare: 0.3, pacing: 'fast', seed: 7 },
      },
    },
  ],
});

describe('muons', () => {
  it('are counted and timed in the browser, from the form of the scope to the lifetime', async () => {
    const api = await bench.api();
    const made = await api.call(endpoints.configurations.create, {
      body: { kind: 'detector', detector: 'demo', name: 'muons', content: jsonObject.parse(content) },
    });
    const { page } = await bench.page();
    await page.goto(`${bench.address}/configurations/${made.id}`);
    await page.getByRole('button', { name: 'Change content' }).click();
    const range = page.getByRole('textbox', { name: 'Range (half span) / V' }).first();
    await range.fill('0.3');
    await page.getByText('the device takes 500 mV').first().waitFor();
    await range.fill('70');
    await waitFor(
      'a finding at the field',
      async () => (await range.getAttribute('aria-invalid')) === 'true',
    );
    await range.fill('0.5');
    await page.getByText('Both', { exact: true }).click();
    const json = page.getByRole('textbox', { name: 'Content as JSON' });
    await waitFor('JSON in step', async () => (await json.inputValue()).includes('"rangeV": 0.5'));
    expect(await takePictures(page, 'muons', 'scope-form')).toEqual([]);

    const number = await takeRun(api, 4000, 'muons');
    await page.goto(`${bench.address}/runs/demo/${number}`);
    await page.getByRole('link', { name: 'Process', exact: true }).last().click();
    const form = new ProcessPage(page);
    await form.choosePipeline('muons');
    await form.submit();
    await form.waitUntilCompleted({ detector: 'demo', number }, ['find_pulses', 'pulse_statistics']);
    const { datasets } = await api.call(endpoints.runs.get, { params: { detector: 'demo', number } });
    const report = datasets.find(({ dataKind }) => dataKind === 'statistics')!;
    await page.goto(`${bench.address}/data/${report.id}`);
    await page.getByRole('heading', { name: /Delays of second pulses/ }).waitFor();
    await page.getByRole('heading', { name: 'Waiting times' }).waitFor();
    const numbers = page.getByRole('region', { name: 'A + B: numbers' });
    const lifetime = /Lifetime\s+([\d.]+)/.exec(await numbers.innerText())?.[1];
    expect(Number(lifetime)).toBeGreaterThan(1);
    expect(Number(lifetime)).toBeLessThan(4);
    expect(await takePictures(page, 'muons', 'statistics')).toEqual([]);
  });
});
