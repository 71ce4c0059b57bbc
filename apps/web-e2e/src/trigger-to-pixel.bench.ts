import { loadavg } from 'node:os';
import { detectorConfiguration, endpoints, jsonObject } from '@countroom/contracts';
import { type Api, signIn } from './harness/api.js';
import { endRun, startRun } from './harness/arrange.js';
import { launchBrowser, WatchedPage } from './harness/browser.js';
import { watchLive } from './harness/live-watch.js';
import { System } from './harness/system.js';

/*
 * From the trigger of an oscilloscope to the picture in a real browser: the simulated library at 10 Hz, two channels, the
 * bench of instruments open. The time stamp of the trigger travels in the frame; the page marks the end of each drawing.
 */
const seconds = Number(process.argv[2] ?? 60);
const rateHz = Number(process.argv[3] ?? 10);
const targetMs = 150;
const warmUpMs = 5000;

async function addScope(api: Api): Promise<void> {
  const config = {
    family: '2000a',
    channels: ['A', 'B'].map((name) => ({ name, rangeV: 0.5, coupling: 'DC' })),
    recordS: 20e-6,
    samples: 4000,
    trigger: { channel: 'A', thresholdV: -0.04, direction: 'falling' },
    simulation: { signal: 'muons', rateHz, seed: 7 },
  };
  const source = { name: 'scope', driver: 'picoscope', simulated: true, config: jsonObject.parse(config) };
  const content = detectorConfiguration.parse({ sources: [source] });
  await api.call(endpoints.configurations.create, {
    body: { kind: 'detector', detector: 'demo', name: 'latency', content: jsonObject.parse(content) },
  });
}

function quantile(ages: readonly number[], share: number): number {
  const sorted = [...ages].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

const system = await System.start();
const browser = await launchBrowser();
try {
  const api = await signIn(system);
  await addScope(api);
  const number = await startRun(api, { mode: 'latency', tags: [], comment: '', limits: {} });
  const watched = await WatchedPage.open(browser, system.address, { as: api, patienceMs: 60_000 });
  await watched.goto('/instruments', 'Instruments');
  await watched.page
    .getByRole('region', { name: 'Oscilloscope' })
    .getByText(/event \d/)
    .waitFor();
  await watched.page.waitForTimeout(warmUpMs);
  const watch = await watchLive(watched.page, seconds);
  const ages = watch.triggerAges['detector.waveforms'] ?? [];
  await watched.close();
  await endRun(api, number);
  const within95Ms = quantile(ages, 0.95);
  console.log(
    JSON.stringify({
      what: 'trigger to pixel',
      rateHz,
      pictures: ages.length,
      medianMs: quantile(ages, 0.5),
      within95Ms,
      longestMs: quantile(ages, 1),
      targetMs,
      met: within95Ms <= targetMs,
      machineLoad: Number(loadavg()[0]?.toFixed(1)),
      browser: browser.version(),
    }),
  );
} finally {
  await browser.close();
  await system.dispose();
}
