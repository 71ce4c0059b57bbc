import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type DatasetInfo, endpoints } from '@countroom/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { pictureOf } from './harness/control-room.js';
import { DatasetPage } from './harness/dataset-page.js';
import { compareColumns } from './harness/expected-columns.js';
import { lineIn } from './harness/line-fit.js';
import { ProcessPage } from './harness/process-page.js';
import { writeRecording } from './harness/recording.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';
import { newFolder, testDataFile } from './harness/workspace.js';

const bench = useBench();
const folder = newFolder('files');
const thallium = 2614.511;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const recorded = testDataFile('legend/fcio/th228.fcio');
const listing = testDataFile('legend/expected/build_raw-th228.json');

if (recorded === undefined) {
  it.skip('a recorded file: legend/fcio/th228.fcio is not among the test data', () => undefined);
}

describe.each([
  {
    what: 'a simulated recording',
    file: () => writeRecording(folder, 'simulated.fcio'),
    expected: undefined,
  },
  ...(recorded === undefined ? [] : [{ what: 'a recorded file', file: () => recorded, expected: listing }]),
])('$what', ({ file, expected }) => {
  it('is imported, decoded, processed and looked at', async () => {
    const watched = await bench.page();
    const { page } = watched;
    const path = file();
    const api = await bench.api();

    await watched.goto('/data', 'Data');
    await page.locator('input[type=file]').setInputFiles(path);
    const sent = page.getByRole('listitem').filter({ hasText: basename(path) });
    await sent.getByText('Imported as run').waitFor();
    const href = await sent.locator('a[href^="/runs/imported/"]').getAttribute('href');
    const number = Number(href?.split('/').at(-1));
    const run = { detector: 'imported', number };

    await sent.getByRole('link', { name: 'Process' }).click();
    const form = new ProcessPage(page);
    await form.choose({ daq_to_raw: 'default', raw_to_dsp: 'th228', dsp_to_hit: 'th228' });
    await form.submit();
    await form.waitUntilCompleted(run, ['daq_to_raw', 'raw_to_dsp', 'dsp_to_hit']);

    await watched.goto(`/runs/imported/${number}`, `Run imported ${number}`);
    const shown = new DatasetPage(page);
    await shown.openFromRun('hit');
    await shown.chooseObject('FCEvent');
    expect(await shown.showHistogram('energy')).toBeGreaterThan(100);

    const datasets = await api.call(endpoints.data.list, { query: { detector: 'imported', run: number } });
    const hit = one(datasets.items, 'hit');
    const histogram = await api.call(endpoints.data.histogram, {
      params: { id: hit.id },
      query: { path: 'FCEvent/energy', bins: 160, min: thallium - 20, max: thallium + 20 },
    });
    const line = lineIn(histogram);
    expect(line.events).toBeGreaterThan(15);
    expect(Math.abs(line.position - thallium)).toBeLessThan(1.5);
    expect(line.fwhm).toBeLessThan(6);

    await watched.goto(`/runs/imported/${number}`, `Run imported ${number}`);
    await shown.openFromRun('raw');
    await shown.chooseObject('FCEvent');
    await shown.showWaveforms();
    await shown.waveform(0).waitFor();
    const first = await waitFor('a drawn waveform', () => pictureOf(page.locator('figure')));
    await page.getByRole('button', { name: /^Next/ }).click();
    await shown.waveform(1).waitFor();
    await waitFor('another waveform', async () => (await pictureOf(page.locator('figure'))) !== first);
    await page.getByRole('button', { name: /^Previous/ }).click();
    await shown.waveform(0).waitFor();

    const raw = one(datasets.items, 'raw');
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    const download = join(folder, `${number}.lh5`);
    await (await started).saveAs(download);
    expect(readFileSync(download).byteLength).toBe(Number(raw.bytes));
    if (expected === undefined) return;
    const { compared, differences } = await compareColumns(download, expected);
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(20);
  });
});

describe('a file that is no recording', () => {
  it('is refused with a reason', async () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'This is not a recording.');
    const watched = await bench.page();
    watched.expectFaults(/status of 4\d\d/);
    await watched.goto('/data', 'Data');
    await watched.page.locator('input[type=file]').setInputFiles(path);
    const sent = watched.page.getByRole('listitem').filter({ hasText: 'notes.txt' });
    await sent.getByRole('alert').filter({ hasText: 'Not imported' }).waitFor();
  });
});

function one(datasets: readonly DatasetInfo[], kind: string): DatasetInfo {
  const found = datasets.filter(({ dataKind }) => dataKind === kind);
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(`${found.length} datasets are of the kind ${kind}.`);
  }
  return found[0];
}
