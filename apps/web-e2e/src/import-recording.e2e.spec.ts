import { readFileSync, rmSync } from 'node:fs';
import { endpoints, type ImportResult } from '@countroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRecording } from './harness/arrange.js';
import { takePictures } from './harness/pictures.js';
import { writeRecording } from './harness/recording.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';
import { newFolder } from './harness/workspace.js';

const bench = useBench();
const folder = newFolder('import');
let imported: ImportResult;

beforeAll(async () => {
  imported = await importRecording(await bench.api(), 'built.fcio', 6161);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a recording', () => {
  it('is given to the page, looked into, laid out by channel, converted, and leads to its tables', async () => {
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto('/data', 'Data');
    await page
      .locator('input[type=file]')
      .setInputFiles(writeRecording(folder, 'two-channels.fcio', { seed: 6162, events: 20, channels: 2 }));
    const sent = page.getByRole('listitem').filter({ hasText: 'two-channels.fcio' });
    await sent.getByRole('link', { name: 'Look into it' }).click();
    await page.getByRole('heading', { level: 1, name: /^daq of imported/ }).waitFor();
    await page.getByText('FlashCam FCIO (known by its content)').waitFor();
    const streams = page.getByRole('group', { name: 'Streams of the recording' });
    await streams.getByRole('row', { name: /^FCEventDecoder/ }).waitFor();

    await page.locator('label', { hasText: /^By channel$/ }).click();
    const tables = page.getByRole('group', { name: 'Tables that would be written' });
    await tables
      .getByText(/^ch\d{7}\/raw$/)
      .first()
      .waitFor();
    const names = await waitFor('a table for each channel', async () => {
      const found = await tables.getByText(/^ch\d{7}\/raw$/).allInnerTexts();
      return found.length === 2 && found;
    });

    await page
      .getByText(/^Before it is written/)
      .first()
      .click();
    const window = page.getByRole('textbox', { name: 'Window' }).first();
    await window.fill('waveform 800 1000 short');
    await window.press('Enter');
    const first = tables.getByRole('row').filter({ hasText: names[0] ?? '' });
    await first.locator('summary').click();
    await first.getByText(/short\/values uint16\[200\]/).waitFor();
    expect(await takePictures(page, 'data', 'import-channels')).toEqual([]);

    await page.getByRole('button', { name: 'Convert' }).click();
    await page.getByText('Converted', { exact: true }).waitFor({ timeout: 60_000 });
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save integrity report' }).click();
    const report = JSON.parse(readFileSync(await (await started).path(), 'utf8')) as {
      readonly input: { readonly records: object; readonly clean: boolean };
    };
    expect(report.input).toMatchObject({ clean: true, records: { Event: 20 } });
    expect(await takePictures(page, 'data', 'import-converted')).toEqual([]);
    await page.getByRole('link', { name: 'Look at the tables' }).click();
    await page.getByRole('heading', { level: 1, name: /^raw of imported/ }).waitFor();
    await page
      .getByRole('treeitem')
      .filter({ hasText: names[0]?.split('/')[0] ?? '' })
      .waitFor();
  });

  it('has its output specification refused at the place of the fault, and taken when it is mended', async () => {
    const watched = await bench.page();
    watched.expectFaults(/status of 400/);
    const { page } = watched;
    await watched.goto(`/data/${imported.dataset.id}`, /^daq of imported/);
    await page.locator('label', { hasText: /^Own groups$/ }).click();
    const keys = page.getByRole('textbox', { name: 'Keys' });
    await keys.fill('9-1');
    await keys.press('Enter');
    await page
      .getByText(/the range 9…1 is empty/)
      .first()
      .waitFor();
    await page.getByText('The output specification is faulty: see above.').waitFor();
    expect(await takePictures(page, 'data', 'import-fault')).toEqual([]);
    await keys.fill('*');
    await keys.press('Enter');
    await page.getByRole('textbox', { name: 'Table' }).fill('geds/{name}');
    await page.keyboard.press('Enter');
    await page
      .getByRole('group', { name: 'Tables that would be written' })
      .getByText(/^geds\//)
      .first()
      .waitFor();
    await page.getByText('The output specification as JSON').click();
    const json = page.getByRole('textbox', { name: 'Output specification' });
    expect(JSON.parse(await json.inputValue())).toEqual({
      FCEventDecoder: { FCEvent: { key_list: ['*'], out_name: 'geds/{name}' } },
    });
    await json.fill('{ "*": { "all": { "key_list": ["*"], "out_name": "{name}/here" } } }');
    const name = page.getByRole('textbox', { name: 'Group name' });
    await waitFor('the group of the text', async () => (await name.inputValue()) === 'all');
  });

  it('is looked into without the right to convert it', async () => {
    const api = await bench.api();
    const found = await api.call(endpoints.data.recording, { params: { id: imported.dataset.id } });
    expect(found).toMatchObject({ format: 'fcio', isWhole: true });
  });
});
