import { statSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints } from '@countroom/contracts';
import { describe, expect, inject, it } from 'vitest';
import { admin } from './harness/api.js';
import { ControlRoom } from './harness/control-room.js';
import { Person } from './harness/person.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();

describe('the first run of a newcomer', () => {
  it('is three actions away from the printed link, shows itself live, and is kept', async () => {
    const watched = await bench.stranger();
    const { page } = watched;
    const room = new ControlRoom(page);
    const person = new Person();

    await page.goto(bench.setupLink);
    await person.does('set a password', async () => {
      await page.locator('input[type=password]').fill(admin.password);
      await page.getByRole('button', { name: 'Set password' }).click();
    });
    await page.getByRole('heading', { level: 1, name: 'Control room' }).waitFor();
    await person.does('press Start', () => room.start.click());
    await room.waitForData(4);
    expect(person.actions.length, person.actions.join(', ')).toBeLessThanOrEqual(3);

    await room.waveforms.getByRole('img', { name: /Newest waveforms of demo, .*\d/ }).waitFor();
    await room.waitForRedraw(room.waveforms);
    const entries = await waitFor('entries in the spectrum', () => room.entries());
    await waitFor('more entries', async () => (await room.entries()) > entries);
    await room.waitForRedraw(room.spectrum);
    await page.getByRole('region', { name: 'Baton' }).getByText(admin.name).waitFor();

    const number = await room.runNumber();
    await room.log.getByRole('textbox').fill('Looks as it should');
    await room.log.getByRole('button', { name: 'Write' }).click();
    await room.log.getByText('Looks as it should').waitFor();

    await room.end.click();
    await room.start.waitFor();
    const api = await bench.api();
    const run = await waitFor('the raw file', async () => {
      const found = await api.call(endpoints.runs.get, { params: { detector: 'demo', number } });
      return found.dataKinds.includes('raw') && found;
    });
    const { counters, datasets } = run;
    expect(run.outcome).toBe('completed');
    expect(Number(counters.recorded)).toBeGreaterThan(0);
    expect(counters).toMatchObject({ written: counters.recorded, durable: counters.recorded });
    // What falls into the dead time of the device is counted, too.
    expect(BigInt(counters.triggers)).toBe(BigInt(counters.recorded) + BigInt(counters.dropped));

    const raw = datasets.find((dataset) => dataset.dataKind === 'raw');
    expect(raw?.rows).toBe(counters.recorded);
    const file = join(inject('system').dataFolder, 'files', raw?.path ?? 'none');
    expect(statSync(file).size).toBe(Number(raw?.bytes));

    await page.getByRole('link', { name: 'Runs' }).click();
    const row = page.getByRole('row').filter({ has: page.locator(`a[href="/runs/demo/${number}"]`) });
    await row.getByText('Completed').waitFor();
    await waitFor('the events of the run in the list', async () =>
      (await row.innerText()).replace(/[^\dA-Za-z:.]/g, '').includes(counters.recorded),
    );
    await row.getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: `Run demo ${number}` }).waitFor();
    await page
      .getByRole('region', { name: 'Datasets' })
      .getByRole('cell', { name: 'raw', exact: true })
      .waitFor();
    await page.getByRole('region', { name: 'Log' }).getByText('Looks as it should').waitFor();
  });
});
