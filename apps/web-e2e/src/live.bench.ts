import { cpus, loadavg } from 'node:os';
import { detectorConfiguration, endpoints, jsonObject } from '@countroom/contracts';
import type { Browser } from 'playwright-core';
import { type Api, signIn } from './harness/api.js';
import { endRun, startRun } from './harness/arrange.js';
import { launchBrowser, WatchedPage } from './harness/browser.js';
import { ControlRoom } from './harness/control-room.js';
import { type LiveWatch, watchLive } from './harness/live-watch.js';
import { memoryOf, type PageMemory } from './harness/page-memory.js';
import { System } from './harness/system.js';

/*
 * Live data all the way: simulated digitizer, buffer, bus, server, socket, control room in a real browser. Measured
 * within the page: frames per second and topic, charts drawn per second, and how old data is at the end of the drawing.
 */
const secondsEach = Number(process.argv[2] ?? 20);
const warmUpMs = 5000;

interface Load {
  readonly what: string;
  /** Over two sources. */
  readonly channels: number;
  readonly rateHz: number;
}

interface Measured {
  readonly load: Load;
  readonly takenHz: number;
  readonly watch: LiveWatch;
  readonly before: PageMemory;
  readonly after: PageMemory;
}

const loads: readonly Load[] = [
  { what: 'as delivered', channels: 4, rateHz: 50 },
  { what: 'high rate', channels: 4, rateHz: 1000 },
  { what: 'many channels', channels: 64, rateHz: 50 },
];

/** A detector configuration of this load, which runs choose by its name. */
async function addMode(api: Api, name: string, { channels, rateHz }: Load): Promise<void> {
  const ofSource = (source: number): unknown => ({
    name: `det${source}`,
    driver: 'simulated-digitizer',
    config: {
      seed: source,
      channels: Array.from({ length: channels / 2 }, (_, index) => ({
        channel: index + ((source - 1) * channels) / 2,
        rateHz,
      })),
    },
  });
  const content = detectorConfiguration.parse({ sources: [ofSource(1), ofSource(2)] });
  await api.call(endpoints.configurations.create, {
    body: { kind: 'detector', detector: 'demo', name, content: jsonObject.parse(content) },
  });
}

async function measure(system: System, api: Api, browser: Browser, load: Load): Promise<Measured> {
  const mode = load.what.replaceAll(' ', '-');
  await addMode(api, mode, load);
  const number = await startRun(api, { mode, tags: [], comment: '', limits: {} });
  const watched = await WatchedPage.open(browser, system.address, { as: api, patienceMs: 60_000 });
  await watched.goto('/control-room', 'Control room');
  await new ControlRoom(watched.page).waitForData(load.channels);
  await watched.page.waitForTimeout(warmUpMs);
  const recorded = async (): Promise<number> => {
    const status = await api.call(endpoints.detectors.status, { params: { detector: 'demo' } });
    return Number(status.counters.recorded);
  };
  const before = await memoryOf(watched.page);
  const [from, fromMs] = [await recorded(), performance.now()];
  const watch = await watchLive(watched.page, secondsEach);
  const takenHz = (1000 * ((await recorded()) - from)) / (performance.now() - fromMs);
  const after = await memoryOf(watched.page);
  const faults = watched.unexpected();
  if (faults.length > 0) throw new Error(`The page complained: ${faults.join('; ')}`);
  await watched.close();
  await endRun(api, number);
  return { load, takenHz, watch, before, after };
}

/** The age that this share of the frames does not exceed, ms. */
function quantile(ages: readonly number[], share: number): number {
  const sorted = [...ages].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

function perSecond(times: number, { seconds }: LiveWatch): number {
  return Number((times / seconds).toFixed(1));
}

function topicLines(watch: LiveWatch): object[] {
  return Object.entries(watch.received).map(([topic, frames]) => {
    const ages = watch.drawnAges[topic];
    const line = { topic, framesPerSecond: perSecond(frames, watch) };
    if (ages === undefined) return line;
    return {
      ...line,
      drawnPerSecond: perSecond(ages.length, watch),
      ageMedianMs: quantile(ages, 0.5),
      age95Ms: quantile(ages, 0.95),
      ageMostMs: quantile(ages, 1),
    };
  });
}

function pageFacts({ watch, before, after }: Measured): object {
  const megabytes = (bytes: number): number => Number((bytes / 1e6).toFixed(1));
  const wiped = Object.entries(watch.wiped).map(([panel, times]) => [panel, perSecond(times, watch)]);
  return {
    canvasesDrawnPerSecond: Object.fromEntries(wiped) as Record<string, number>,
    animationFramesPerSecond: perSecond(watch.animationFrames, watch),
    longTasks: watch.longTasks.length,
    longestTaskMs: Math.max(0, ...watch.longTasks),
    heapMegabytes: [megabytes(before.heapBytes), megabytes(after.heapBytes)],
    residentMegabytes: [megabytes(before.residentBytes), megabytes(after.residentBytes)],
    nodes: [before.nodes, after.nodes],
  };
}

const system = await System.start();
const browser = await launchBrowser();
try {
  const api = await signIn(system);
  const results: object[] = [];
  for (const load of loads) {
    const measured = await measure(system, api, browser, load);
    const takenHz = Math.round(measured.takenHz);
    const machineLoad = Number(loadavg()[0]?.toFixed(1));
    const topics = topicLines(measured.watch);
    const page = pageFacts(measured);
    console.log(
      `${load.what}: ${load.channels} channels, ${takenHz} events/s in all, load of the machine ${machineLoad}`,
    );
    console.table(topics);
    console.log(page);
    results.push({ ...load, takenHz, machineLoad, topics, page });
  }
  console.log(
    JSON.stringify({
      machine: cpus()[0]?.model,
      cpus: cpus().length,
      node: process.version,
      browser: browser.version(),
      seconds: secondsEach,
      results,
    }),
  );
} finally {
  await browser.close();
  await system.dispose();
}
