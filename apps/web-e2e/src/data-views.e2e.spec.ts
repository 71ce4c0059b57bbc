import { readFileSync } from 'node:fs';
import type { DatasetInfo } from '@countroom/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { entryOf, waitForEntry } from './harness/address.js';
import { importRaw } from './harness/arrange.js';
import { DatasetPage } from './harness/dataset-page.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();

describe('a view of data', () => {
  let raw: DatasetInfo;
  beforeAll(async () => {
    raw = await importRaw(await bench.api(), 'views.fcio', 4711);
  });

  it('shows samples that the whole leaves out when it is looked at closer, and again from its link', async () => {
    const watched = await bench.page();
    const { page } = watched;
    // Eleven waveforms over each other are drawn from 500 pairs of minimum and maximum each.
    await watched.goto(`/data/${raw.id}?path=FCEvent&view=waveforms&overlay=11`, /^raw of /);
    const shown = new DatasetPage(page);
    await waitFor('the whole', async () => (await shown.pointsDrawn()) === 1000);

    const plot = page.locator('figure canvas').first();
    const box = await plot.boundingBox();
    if (box === null) throw new Error('The plot has no place on the page.');
    await page.mouse.move(box.x + box.width * 0.5, box.y + 150);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.52, box.y + 160, { steps: 4 });
    await page.mouse.move(box.x + box.width * 0.55, box.y + 150, { steps: 4 });
    await page.mouse.up();
    // Every sample, of 16 ns, and one more at each side.
    const points = await waitFor('every sample of a part', async () => {
      const [from = 0, to = 0] = (new URL(page.url()).searchParams.get('zoom') ?? '').split(',').map(Number);
      const count = await shown.pointsDrawn();
      return Math.abs(count - (to - from) / 16) <= 3 && count;
    });
    expect(points).toBeGreaterThan(50);

    const colleague = await bench.page();
    await colleague.page.goto(page.url());
    const same = new DatasetPage(colleague.page);
    await waitFor('the same part', async () => (await same.pointsDrawn()) === points);

    await page.getByRole('button', { name: 'Show all' }).click();
    await waitFor('the whole again', async () => (await shown.pointsDrawn()) === 1000);
  });

  it('is saved as text with all its rows', async () => {
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/data/${raw.id}?path=FCEvent&view=table`, /^raw of /);
    await page.getByRole('button', { name: 'Save rows' }).click();
    const started = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^CSV, 40 rows$/ }).click();
    const file = await started;
    expect(file.suggestedFilename()).toMatch(/^[a-z]+-\d+-FCEvent\.csv$/);
    const [head = '', ...lines] = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(40);
    const columns = head.split(',');
    expect(columns).toContain('timestamp / s');
    expect(columns.join()).not.toContain('waveform/values');
    const times = lines.map((line) => Number(line.split(',')[columns.indexOf('timestamp / s')]));
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(times[0]).toBeGreaterThan(0);
  });
});

describe('two columns of a table', () => {
  it('are drawn over each other, and every row is in the picture', async () => {
    const raw = await importRaw(await bench.api(), 'plane.fcio', 4713);
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/data/${raw.id}?path=FCEvent`, /^raw of /);
    await page.locator('label', { hasText: /^Two columns$/ }).click();
    await page.getByRole('combobox', { name: 'Across' }).selectOption('timestamp');
    await page.getByRole('combobox', { name: 'Up' }).selectOption('eventnumber');
    await page
      .getByRole('img', { name: /^Histogram of eventnumber over timestamp \/ s: 40 of 40 entries/ })
      .waitFor();
    await page.getByText('Fullest cells as a table').click();
    const cells = page.getByRole('group', { name: 'Fullest cells' });
    await cells.getByRole('row').nth(10).waitFor();
    await waitForEntry(page, 'y', (text) => text === 'eventnumber');
    expect([entryOf(page, 'view'), entryOf(page, 'x')]).toEqual(['plane', 'timestamp']);
  });
});

describe('the page of a run', () => {
  it('leads to its neighbours where there are any, and does not call unknown what it counted', async () => {
    const api = await bench.api();
    const { run } = await importRaw(api, 'last.fcio', 4712);
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/runs/imported/${run}`, `Run imported ${run}`);
    await page.getByRole('link', { name: 'Previous run' }).waitFor();
    expect(await page.getByRole('link', { name: 'Next run' }).count()).toBe(0);
    await page.getByText('Not known: a recording holds no counters').waitFor();
    await page.getByRole('link', { name: 'Previous run' }).click();
    await page.getByRole('heading', { level: 1, name: `Run imported ${run - 1}` }).waitFor();
    await page.getByRole('link', { name: 'Next run' }).waitFor();
  });
});
