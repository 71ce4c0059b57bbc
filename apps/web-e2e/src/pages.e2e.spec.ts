import { endpoints, setSignalCommand } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, signIn } from './harness/api.js';
import { endRun, importRecording, processRun, startRun } from './harness/arrange.js';
import type { WatchedPage } from './harness/browser.js';
import { ControlRoom } from './harness/control-room.js';
import { takePictures } from './harness/pictures.js';
import { ProcessPage } from './harness/process-page.js';
import { System } from './harness/system.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();

/** A page, where it is, and what shows that it is there. */
interface Place {
  readonly name: string;
  readonly path: string;
  readonly heading: string | RegExp;
}

const lists: readonly Place[] = [
  { name: 'control-room', path: '/control-room', heading: 'Control room' },
  { name: 'runs', path: '/runs', heading: 'Runs' },
  { name: 'data', path: '/data', heading: 'Data' },
  { name: 'process', path: '/process', heading: 'Process' },
  { name: 'jobs', path: '/jobs', heading: 'Jobs' },
  { name: 'configurations', path: '/configurations', heading: 'Configurations' },
  { name: 'log', path: '/log', heading: 'Log' },
  { name: 'alarms', path: '/alarms', heading: 'Alarms' },
  { name: 'administration', path: '/administration', heading: 'Administration' },
  { name: 'administration-tokens', path: '/administration?tab=tokens', heading: 'Administration' },
  { name: 'administration-audit', path: '/administration?tab=audit', heading: 'Administration' },
  { name: 'administration-system', path: '/administration?tab=system', heading: 'Administration' },
];

async function look(watched: WatchedPage, folder: string, place: Place): Promise<void> {
  await watched.goto(place.path, place.heading);
  expect(await takePictures(watched.page, folder, place.name)).toEqual([]);
}

describe('pages with data', () => {
  const places = new Map<string, Place>();

  beforeAll(async () => {
    const api = await bench.api();
    const number = await startRun(api, { tags: ['calibration'], comment: 'Source in the centre' });
    await api.call(endpoints.runs.addLog, {
      params: { detector: 'demo', number },
      body: { text: 'Rates as last week' },
    });
    await endRun(api, number);
    const [dsp, hit] = await processRun(api, { detector: 'demo', number }, 'demo');
    for (let seed = 1; seed <= 30; seed++) await importRecording(api, `th228-${seed}.fcio`, seed);
    await fillAdministration(api);
    await raiseAlarm(api);

    const run = await api.call(endpoints.runs.get, { params: { detector: 'demo', number } });
    const raw = run.datasets.find(({ dataKind }) => dataKind === 'raw');
    const [configuration] = await api.call(endpoints.configurations.list, { query: { kind: 'raw_to_dsp' } });
    const more: Place[] = [
      { name: 'run', path: `/runs/demo/${number}`, heading: `Run demo ${number}` },
      {
        name: 'dataset-waveforms',
        path: `/data/${raw?.id ?? ''}?path=ch0000000/raw&view=waveforms`,
        heading: /^raw of demo/,
      },
      { name: 'dataset-table', path: `/data/${hit?.outputDatasetId ?? ''}`, heading: /^hit of demo/ },
      {
        name: 'dataset-histogram',
        path: `/data/${hit?.outputDatasetId ?? ''}?path=ch0000000/hit/energy`,
        heading: /^hit of demo/,
      },
      { name: 'job', path: `/jobs/${dsp?.id ?? ''}`, heading: /^raw_to_dsp of demo/ },
      { name: 'process', path: `/process?runs=demo/${number}`, heading: 'Process' },
      { name: 'configuration', path: `/configurations/${configuration?.id ?? ''}`, heading: /./ },
    ];
    for (const place of [...lists, ...more]) places.set(place.name, place);
  });

  it('the control room during a run', async () => {
    const api = await bench.api();
    const number = await startRun(api);
    const watched = await bench.page();
    await watched.goto('/control-room', 'Control room');
    const room = new ControlRoom(watched.page);
    await room.waitForData(4);
    await waitFor('a spectrum', async () => (await room.entries()) > 500);
    expect(await takePictures(watched.page, 'data', 'control-room')).toEqual([]);
    await endRun(api, number);
  });

  it.each([
    'runs',
    'run',
    'data',
    'dataset-waveforms',
    'dataset-table',
    'dataset-histogram',
    'process',
    'jobs',
    'job',
    'configurations',
    'configuration',
    'log',
    'alarms',
    'administration',
    'administration-tokens',
    'administration-audit',
    'administration-system',
  ])('%s', async (name) => {
    const place = places.get(name);
    if (place === undefined) throw new Error(`There is no page ${name}.`);
    await look(await bench.page(), 'data', place);
  });

  it('the process form with stages chosen', async () => {
    const watched = await bench.page();
    await watched.goto('/process?runs=demo/1', 'Process');
    await new ProcessPage(watched.page).choose({ raw_to_dsp: 'demo', dsp_to_hit: 'Options of your own' });
    expect(await takePictures(watched.page, 'data', 'process-chosen')).toEqual([]);
  });

  it.each(lists)('$name, when the server fails', async (place) => {
    const watched = await bench.page();
    watched.expectFaults(/status of 500/);
    await watched.context.route(/\/api\/v1\/(?!session)/, (route) =>
      route.fulfill({
        status: 500,
        json: {
          code: 'internal',
          message: 'The database did not answer in time. Try again in a moment.',
          traceId: '0123456789abcdef',
        },
      }),
    );
    await look(watched, 'error', place);
  });

  it('a page that there is not', async () => {
    const watched = await bench.page();
    watched.expectFaults(/status of 404/);
    await watched.page.goto(`${bench.address}/nowhere`);
    await watched.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await takePictures(watched.page, 'error', 'not-found')).toEqual([]);
  });
});

describe('pages of a fresh system', () => {
  let system: System | undefined;
  let api: Api | undefined;
  beforeAll(async () => {
    system = await System.start();
  });
  afterAll(() => system?.dispose());

  it('the doors', async () => {
    if (system?.setupLink === undefined) throw new Error('A fresh system prints a link.');
    const watched = await bench.stranger(system.address);
    await watched.page.goto(system.setupLink);
    await watched.page.getByRole('button', { name: 'Set password' }).waitFor();
    expect(await takePictures(watched.page, 'fresh', 'setup')).toEqual([]);
    api = await signIn(system);
    await watched.page.goto(`${system.address}/login`);
    await watched.page.getByRole('button', { name: 'Log in' }).waitFor();
    expect(await takePictures(watched.page, 'fresh', 'login')).toEqual([]);
  });

  it.each(lists)('$name', async (place) => {
    if (system === undefined || api === undefined) throw new Error('The system is not up.');
    await look(await bench.pageOf(system, api), 'fresh', place);
  });
});

async function fillAdministration(api: Api): Promise<void> {
  const people = [
    ['maria', 'Maria Göppert', 'shifter'],
    ['lise', 'Lise Meitner', 'expert'],
    ['chien', 'Chien-Shiung Wu', 'viewer'],
  ] as const;
  for (const [name, fullName, role] of people) {
    await api.call(endpoints.auth.createUser, {
      body: { name, fullName, password: 'a long password', grants: [{ role, detector: null }] },
    });
  }
  await api.call(endpoints.auth.createToken, {
    body: { name: 'Notebook of the analysis', grants: [{ role: 'viewer', detector: null }] },
  });
}

/** High voltage below full depletion. */
async function raiseAlarm(api: Api): Promise<void> {
  await api.call(endpoints.detectors.sourceCommand, {
    params: { detector: 'demo', source: 'det1' },
    body: {
      name: setSignalCommand,
      params: { signal: 'ch0/high-voltage-set', value: 1500 },
      idempotencyKey: `voltage-${Date.now()}`,
    },
  });
  await waitFor('an alarm', async () => (await api.call(endpoints.alarms.list, {})).items.length > 0);
}
