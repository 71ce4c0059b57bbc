import { readFileSync } from 'node:fs';
import { type DatasetInfo, endpoints } from '@countroom/contracts';
import { simulateFcio } from '@countroom/decoders';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { entryOf, waitForEntry } from './harness/address.js';
import { importRaw, processRun } from './harness/arrange.js';
import { DatasetPage } from './harness/dataset-page.js';
import { takePictures } from './harness/pictures.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();
let raw: DatasetInfo;
let energies: readonly number[];

beforeAll(async () => {
  const api = await bench.api();
  raw = await importRaw(api, 'browsed.fcio', 5151);
  const jobs = await processRun(api, { detector: raw.detector, number: raw.run }, 'th228');
  const hit = jobs.at(-1)?.outputDatasetId ?? '';
  const table = await api.call(endpoints.data.table, {
    params: { id: hit },
    query: { path: 'FCEvent', columns: 'energy' },
  });
  energies = table.values.map(([energy]) => Number(energy));
});

function address(more: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams({ path: 'FCEvent', view: 'waveforms', ...more });
  return `/data/${raw.id}?${search.toString()}`;
}
function drawn(page: Page, rows: readonly number[]): Promise<unknown> {
  return page.getByRole('img', { name: new RegExp(`: rows ${rows.join(', ')}, \\d+ points`) }).waitFor();
}

describe('waveforms that pass a cut', () => {
  it('are those of another tier of the run, one after the other', async () => {
    const passing = energies.flatMap((energy, row) => (energy > 1000 ? [row] : []));
    expect(passing.length).toBeGreaterThan(4);
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(address({}), /^raw of /);
    await new DatasetPage(page).waveform(0).waitFor();
    await page.getByRole('combobox', { name: 'Cut in' }).selectOption('hit');
    const cut = page.getByRole('textbox', { name: 'Cut', exact: true });
    await cut.fill('energy > 1000');
    await cut.press('Enter');
    await drawn(page, passing.slice(0, 1));
    await page.getByText(`1 of ${passing.length} rows that pass the cut, of 40`).waitFor();

    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('n');
    await drawn(page, passing.slice(1, 2));
    await page.keyboard.press('p');
    await drawn(page, passing.slice(0, 1));
    const typed = page.getByRole('textbox', { name: 'Row' });
    await typed.fill(String((passing[2] ?? 0) - (passing[1]! + 1 === passing[2] ? 0 : 1)));
    await typed.press('Enter');
    await drawn(page, passing.slice(2, 3));
    await page.getByRole('textbox', { name: 'Overlay' }).fill('3');
    await drawn(page, passing.slice(2, 5));
    const here = entryOf(page, 'place');
    await page.getByRole('button', { name: /^Random/ }).click();
    // Anywhere but here: the place in the address says where.
    const place = Number(await waitForEntry(page, 'place', (text) => text !== here)) + 1;
    const some = passing.slice(place - 1, place + 2);
    expect(some).toHaveLength(3);
    await drawn(page, some);

    const colleague = await bench.page();
    await colleague.page.goto(page.url());
    await drawn(colleague.page, some);
  });

  it('say where the cut is wrong, and show waveforms again when it is mended', async () => {
    const watched = await bench.page();
    watched.expectFaults(/status of 400/);
    const { page } = watched;
    await watched.goto(address({ cutin: 'hit', cut: 'energy > nothing' }), /^raw of /);
    await page.getByText('there is no column or parameter nothing').waitFor();
    const place = page.getByLabel('At character 10');
    expect(await place.innerText()).toBe('energy > nothing\n         ^');
    expect(await takePictures(page, 'data', 'waveforms-cut-fault')).toEqual([]);
    await page.getByRole('button', { name: 'No cut' }).click();
    await new DatasetPage(page).waveform(0).waitFor();
  });

  it('are aligned, divided, and drawn with lines and values of other tiers', async () => {
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(address({ overlay: '5' }), /^raw of /);
    await page.getByText('Alignment, scale, lines, legend, axes and chain').click();
    await page.getByRole('combobox', { name: 'Baseline' }).selectOption('start');
    await page.getByRole('combobox', { name: 'Divide by' }).selectOption('dsp/trapEmax');
    await page.getByRole('combobox', { name: 'Time 0 at' }).selectOption('dsp/tp_0');
    await page.getByRole('combobox', { name: 'Values in the legend' }).fill('trapEmax');
    const list = page.getByRole('listbox', { name: 'Values in the legend' });
    await list.getByRole('option', { name: /^dsp\/trapEmax/ }).click();
    const values = page.getByRole('group', { name: 'Values of the drawn rows' });
    await waitFor('a row for each waveform', async () => (await values.locator('tbody tr').count()) === 5);
    await page.keyboard.press('Escape');

    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save data as JSON' }).click();
    const saved = JSON.parse(readFileSync(await (await started).path(), 'utf8')) as Saved;
    expect(saved.look).toMatchObject({ base: 'start', norm: 'dsp/trapEmax', align: 'dsp/tp_0' });
    expect(saved.waveforms).toHaveLength(5);
    for (const { times, values: samples, columns } of saved.waveforms) {
      // Time 0 lies at the begin of the rise, and the pulse is as high as its energy says.
      const at = times.findIndex((time) => time >= 0);
      expect(at).toBeGreaterThan(700);
      expect(at).toBeLessThan(1000);
      expect(Math.max(...samples.slice(at))).toBeGreaterThan(0.85);
      expect(Math.max(...samples.slice(at))).toBeLessThan(1.4);
      expect(columns['dsp/trapEmax']?.values[0]).toBeGreaterThan(0);
    }
    expect(await takePictures(page, 'data', 'waveforms-aligned')).toEqual([]);
  });

  it('have lines at times and heights', async () => {
    const watched = await bench.page();
    const { page } = watched;
    const lines = ['dsp/tp_0', 'dsp/trapEmax'].map(encodeURIComponent).join(',');
    await watched.goto(address({ lines, base: 'start', row: '3', legend: 'hit%2Fenergy' }), /^raw of /);
    await drawn(page, [3]);
    expect(await takePictures(page, 'data', 'waveforms-lines')).toEqual([]);
  });
});

describe('waveforms with a chain', () => {
  it('have its lines, waveforms and spectra, the numbers being those of the job', async () => {
    const api = await bench.api();
    const chains = await api.call(endpoints.configurations.list, { query: { kind: 'raw_to_dsp' } });
    const th228 = chains.find(({ name }) => name === 'th228');
    const watched = await bench.page();
    const { page } = watched;
    const legend = ['dsp/trapEmax', 'chain/trapEmax'].map(encodeURIComponent).join(',');
    await watched.goto(address({ row: '3', base: 'start', lines: 'chain%2Ftp_0', legend }), /^raw of /);
    await page.getByRole('combobox', { name: 'Chain computed here' }).selectOption(th228?.id ?? '');
    await waitForEntry(page, 'chain', (text) => text === `${th228?.id ?? ''}:${th228?.latest ?? ''}`);
    const values = page.getByRole('group', { name: 'Values of the drawn rows' }).locator('tbody td');
    const [, , stored, computed] = await waitFor('the numbers of the chain', async () => {
      const texts = await values.allInnerTexts();
      return texts.length >= 4 && !texts.includes('–') && texts;
    });
    expect(computed).toBe(stored);
    await page.getByRole('combobox', { name: 'Waveforms of the chain' }).fill('wf_trap');
    await page.getByRole('option', { name: 'wf_trap', exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('img', { name: /: rows 3, \d+ points each, with wf_trap$/ }).waitFor();

    // Axes: limits with units, another unit, and that of a frequency.
    const times = page.getByRole('textbox', { name: 'Times' });
    await times.fill('5*us, 20 keV');
    await times.press('Enter');
    await page.getByText('keV cannot be turned into ns').waitFor();
    await times.fill('5*us, 20 us');
    await times.press('Enter');
    await waitForEntry(page, 'zoom', (text) => text === '5000,20000');
    await page.getByRole('textbox', { name: 'Heights' }).fill('-50, 2000');
    await page.getByRole('textbox', { name: 'Heights' }).press('Enter');
    await page.getByRole('combobox', { name: 'Samples as' }).selectOption('both');
    expect(await takePictures(page, 'data', 'waveforms-chain')).toEqual([]);
    await page.getByRole('combobox', { name: 'Unit of the axis' }).selectOption('MHz');
    await page.getByRole('img', { name: /^Spectra of rows 3, \d+ frequencies each/ }).waitFor();
    const colleague = await bench.page();
    await colleague.page.goto(page.url());
    await colleague.page.getByRole('img', { name: /^Spectra of rows 3, / }).waitFor();
  });

  it('are named one by one, or chosen in a histogram, and the choice can be saved', async () => {
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(address({}), /^raw of /);
    const only = page.getByRole('textbox', { name: 'Only rows' });
    await only.fill('7, 9-3');
    await only.press('Enter');
    await page.getByText('must not be below').waitFor();
    await only.fill('7, 3, 11-12');
    await only.press('Enter');
    await drawn(page, [3]);
    await page.getByText('1 of 4 rows that are named, of 40').waitFor();
    await page.getByRole('button', { name: /^Next/ }).click();
    await drawn(page, [7]);

    await page.getByText('Choose in a histogram').click();
    await page.getByRole('combobox', { name: 'Histogram of' }).selectOption('hit/energy');
    const plot = page.getByRole('img', { name: /^Histogram of energy.*: \d+ entries/ });
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (box === null) throw new Error('The histogram has no place on the page.');
    const at = (share: number): number => box.x + 70 + share * (box.width - 90);
    await page.mouse.move(at(0.3), box.y + 90);
    await page.mouse.down();
    await page.mouse.move(at(0.7), box.y + 90, { steps: 4 });
    await page.mouse.move(at(0.99), box.y + 90, { steps: 4 });
    await page.mouse.up();
    const cut = await waitForEntry(page, 'cut', (text) => text.startsWith('('));
    const [, low = '', high = ''] = /^\(energy >= (.*)\) & \(energy < (.*)\)$/.exec(cut) ?? [];
    const passing = energies.flatMap((energy, row) =>
      energy >= Number(low) && energy < Number(high) ? [row] : [],
    );
    expect(passing.length).toBeGreaterThan(0);
    await drawn(page, passing.slice(0, 1));
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save selection' }).click();
    await page.getByRole('menuitem', { name: /JSON$/ }).click();
    const saved = JSON.parse(readFileSync(await (await started).path(), 'utf8')) as { rows: number[] };
    expect(saved.rows).toEqual(passing);
  });
});

describe('waveforms of events', () => {
  const stages = [
    { stage: 'daq_to_raw', config: { outSpec: { FCEventDecoder: { 'ch{key}/raw': { key_list: ['*'] } } } } },
    {
      stage: 'build_tcm',
      config: { from: 'raw', tables: ['ch*/raw'], columns: [{ name: 'eventnumber', window: 0 }] },
    },
    {
      stage: 'hit_to_evt',
      config: {
        config: {
          channels: {},
          operations: { total: { expression: 'raw.eventnumber', aggregation_mode: 'sum', initial: 0 } },
        },
      },
    },
  ];

  it('are those of all hits, and a cut in the events goes from one to the next', async () => {
    const api = await bench.api();
    const { buffer } = Uint8Array.from(
      Buffer.concat([...simulateFcio({ seed: 5252, events: 12, channels: 3, samples: 200 })]),
    );
    const query = { name: 'events.fcio', comment: 'Events' };
    const { detector, run } = await api.call(endpoints.data.upload, { query, body: buffer });
    await api.call(endpoints.jobs.submit, { body: { runs: [{ detector, number: run }], stages } });
    const list = (dataKind: string): Promise<DatasetInfo> =>
      waitFor(`data of kind ${dataKind}`, async () => {
        const { items } = await api.call(endpoints.data.list, { query: { detector, run, dataKind } });
        return items[0];
      });
    const [evt, of] = [await list('evt'), await list('raw')];
    const table = await api.call(endpoints.data.table, { params: { id: evt.id }, query: { path: 'evt' } });
    const totals = table.values.map(([total]) => Number(total));
    const limit = [...totals].sort((a, b) => a - b)[6] ?? 0;
    const passing = totals.flatMap((total, event) => (total > limit ? [event] : []));
    expect(passing).toHaveLength(5);
    const hitsOf = async (event: number): Promise<readonly { table: string; row: number }[]> => {
      const args = { params: { id: evt.id }, query: { dataset: of.id, events: String(event) } };
      const { hits, total } = await api.call(endpoints.data.eventHits, args);
      expect([hits.length, total]).toEqual([3, 3]);
      return hits;
    };
    const rowsOf = async (event: number): Promise<readonly number[]> =>
      (await hitsOf(event)).map(({ row }) => row);
    const [first] = await hitsOf(0);
    const path = encodeURIComponent(first?.table ?? '');

    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/data/${of.id}?path=${path}&view=waveforms`, /^raw of /);
    await new DatasetPage(page).waveform(0).waitFor();
    await page.getByRole('combobox', { name: 'Cut in' }).selectOption('evt');
    await page.getByText('event 0 of 12').waitFor();
    await page.getByText('3 hits in 3 tables').waitFor();
    const cut = page.getByRole('textbox', { name: 'Cut', exact: true });
    await cut.fill(`total > ${limit}`);
    await cut.press('Enter');
    await page.getByText('1 of 5 events that pass the cut, of 12').waitFor();
    await drawn(page, await rowsOf(passing[0]!));
    expect(await takePictures(page, 'data', 'waveforms-of-an-event')).toEqual([]);
    await page.getByText('Alignment, scale, lines, legend, axes and chain').click();
    await page.getByRole('textbox', { name: 'Text of the legend' }).fill('{total:d} of event');
    await page.keyboard.press('Enter');
    await waitFor('the columns of events', async () => {
      const started = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save data as CSV' }).click();
      return readFileSync(await (await started).path(), 'utf8').startsWith(
        `${totals[passing[0]!]} of event time`,
      );
    });
    await page.getByRole('button', { name: /^Next/ }).click();
    await page.getByText('2 of 5 events that pass the cut, of 12').waitFor();
    await drawn(page, await rowsOf(passing[1]!));
    await page.getByRole('button', { name: /^Previous/ }).click();
    await drawn(page, await rowsOf(passing[0]!));
  });
});

describe('a cut in a table', () => {
  it('leaves only its rows in table, histogram and plane, and in what is saved', async () => {
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/data/${raw.id}?path=FCEvent&view=table`, /^raw of /);
    const cut = page.getByRole('textbox', { name: 'Cut', exact: true });
    await cut.fill('(eventnumber >= 10) & (eventnumber < 20)');
    await cut.press('Enter');
    await page.getByText(/^1 to 10 of 10 rows that pass the cut, of 40/).waitFor();
    await page.getByRole('button', { name: 'Save rows' }).click();
    await page.getByRole('menuitem', { name: /^JSON, 10 rows$/ }).waitFor();
    await page.keyboard.press('Escape');
    expect(await takePictures(page, 'data', 'table-cut')).toEqual([]);
    await page.locator('label', { hasText: /^Histogram$/ }).click();
    await page.getByRole('img', { name: /^Histogram of .*: 10 entries/ }).waitFor();
    await page.locator('label', { hasText: /^Two columns$/ }).click();
    await page.getByRole('img', { name: /: 10 of 10 entries/ }).waitFor();
  });
});

interface Saved {
  readonly look: object;
  readonly waveforms: readonly {
    readonly times: readonly number[];
    readonly values: readonly number[];
    readonly columns: Readonly<Record<string, { readonly values: readonly number[] }>>;
  }[];
}
