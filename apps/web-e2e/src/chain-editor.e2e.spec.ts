import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoints, jsonObject } from '@countroom/contracts';
import { openReader } from '@countroom/lh5';
import { beforeAll, describe, expect, it } from 'vitest';
import { waitForEntry } from './harness/address.js';
import type { Api } from './harness/api.js';
import { processRun, takeRun } from './harness/arrange.js';
import { ChainEditorPage } from './harness/chain-editor-page.js';
import { takePictures } from './harness/pictures.js';
import { ProcessPage } from './harness/process-page.js';
import { useBench } from './harness/test.js';
import { waitFor } from './harness/wait-for.js';

const bench = useBench();
const row = 7;
const table = 'ch0000000';

describe('the chain editor', () => {
  let run = 0;
  let address = '';
  beforeAll(async () => {
    const api = await bench.api();
    run = await takeRun(api, 200);
    const { items } = await api.call(endpoints.data.list, {
      query: { detector: 'demo', run, dataKind: 'raw' },
    });
    address = `dataset=${items[0]?.id ?? ''}&table=${table}/raw&row=${row}`;
  });

  it('computes in the page, and follows a number that is turned', async () => {
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto('/process', 'Process');
    await page.getByRole('link', { name: 'Chain editor' }).click();
    await page.getByRole('heading', { level: 1, name: 'Chain editor' }).waitFor();
    await watched.goto(`/process/chain?${address}&show=wf_trap`, 'Chain editor');
    const editor = new ChainEditorPage(page);
    await editor.waitForPreview();
    const energy = await waitFor('an energy', async () => {
      const found = await editor.scalar('trapEmax');
      return found > 0 && found;
    });
    const before = { energy, sum: await editor.drawnSum() };

    await editor.chooseInGraph('trap_norm');
    await editor.view('Preview');
    await page.getByRole('textbox', { name: /^rise.*, number$/ }).fill('0.5');
    await waitFor('another energy', async () => (await editor.scalar('trapEmax')) !== before.energy);
    await waitFor('another curve', async () => (await editor.drawnSum()) !== before.sum);

    // What was turned stands in the text, and can be undone there.
    await editor.text.click();
    await page.keyboard.press('Control+z');
    await waitFor('the energy of before', async () => (await editor.scalar('trapEmax')) === before.energy);
  });

  it('marks an error at its place, and goes on with the rest', async () => {
    const watched = await bench.page();
    await watched.goto(`/process/chain?${address}`, 'Chain editor');
    const editor = new ChainEditorPage(watched.page);
    await editor.waitForPreview();
    const args = (tau: string): string => JSON.stringify(['waveform', tau, 'wf_pz']);
    const chain = (tau: string): string =>
      `{\n "outputs": ["tp_max"],\n "processors": {\n  "wf_pz": { "function": "dspeed.processors.pole_zero", "args": ${args(tau)} },\n  "tp_min, tp_max, a_min, a_max": {\n   "function": "dspeed.processors.min_max",\n   "args": ["waveform", "tp_min", "tp_max", "a_min", "a_max"], "unit": "ns"\n  }\n }\n}`;
    await editor.write(chain('180*keV'));
    const problem = watched.page.getByRole('list', { name: 'Problems' }).getByRole('button');
    const conversion = problem.filter({ hasText: 'could not find a valid conversion of keV' });
    await conversion.filter({ hasText: 'line 4' }).waitFor();
    const marked = watched.page.locator('.cm-lintRange-error');
    await waitFor('the mark in the text', async () => (await marked.allInnerTexts()).join() === '"180*keV"');
    await waitFor('the other results', async () => Number.isFinite(await editor.scalar('tp_max')));

    await editor.view('Save and run');
    await watched.page.getByText('The text has an error: see the problems below it.').waitFor();
    await editor.view('Preview');
    await editor.write(chain('180*us'));
    await watched.page.getByText('No problems.').waitFor();
    await editor.write('{ "outputs": [');
    await problem.filter({ hasText: 'This is no JSON' }).waitFor();
  });

  it('completes and explains what is written, and keeps it as a new configuration', async () => {
    const api = await bench.api();
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/process/chain?configuration=new&${address}`, 'Chain editor');
    const editor = new ChainEditorPage(page);
    await editor.waitForPreview();
    await waitFor('the height', async () => (await editor.scalar('wf_max')) > 0);
    await editor.write('{"outputs": [], "processors": {"wf_mine": {}}}');
    await editor.left(3);
    await editor.complete('"fun', 'function');
    await editor.after(': ');
    await editor.complete('"pole_z', 'dspeed.processors.pole_zero');
    await editor.after(', ');
    await editor.complete('"ar', 'args');
    await editor.after(': [');
    await editor.complete('"wavef', 'waveform');
    await editor.after(', "180*us');
    await editor.after(', "wf_mine');
    await page.getByText('No problems.').waitFor();
    await page.getByRole('img', { name: /^Preview of .*wf_mine/ }).waitFor();

    // What is under the mouse is explained: a processor with its arguments, a variable with its type and grid.
    expect(await editor.explained('pole_zero')).toContain('tau');
    expect(await editor.explained('180')).toMatch(/^t_tau/);
    expect(await editor.explained('function')).toContain('what is computed');

    // Every fault stands at its place: a wrong key, an argument too many, units, types and names that are not there.
    const faulty: readonly (readonly [string, RegExp])[] = [
      [
        ' "wf_a": { "function": "dspeed.processors.pole_zero", "args": ["waveform", "180*us", "wf_a"], "unti": "ADC" }',
        /unti/,
      ],
      [
        ' "wf_b": { "function": "dspeed.processors.pole_zero", "args": ["waveform", "180*keV", "wf_b"] }',
        /keV/,
      ],
      [
        ' "wf_c": { "function": "dspeed.processors.pole_zero", "args": ["waveform", "180*us", "wf_c", 4] }',
        /argument/,
      ],
      [
        ' "wf_d": { "function": "dspeed.processors.pole_zeros", "args": ["waveform", "180*us", "wf_d"] }',
        /pole_zero/,
      ],
      [
        ' "wf_e": { "function": "dspeed.processors.pole_zero", "args": [["wf_a"], "180*us", "wf_e"] }',
        /args|array|list/,
      ],
      [' "wf_f": "waveform[1, 2]"', /./],
      [' "wf_g": "waveforms + 1"', /waveforms/],
      [
        ' "wf_h": "loadlh5(\'../gone.lh5\', \'kernel\') * 2"',
        /not the path of a file inside the import folder/,
      ],
      [' "fine": "waveform[10]"', /^$/],
    ];
    watched.expectFaults(/status of 400/);
    const lines = faulty.map(([text]) => text).join(',\n');
    await editor.write(`{ "outputs": ["fine"], "processors": {\n${lines}\n} }`);
    await waitFor('a number in spite of the faults', async () =>
      Number.isFinite(await editor.scalar('fine')),
    );
    await page.getByText('not the path of a file inside').first().waitFor();
    const problems = await editor.problems();
    for (const [place, [, expected]] of faulty.slice(0, -1).entries()) {
      const own = problems.filter((problem) => problem.startsWith(`line ${place + 2} `));
      expect(own.join(), `line ${place + 2}: ${problems.join('\n')}`).toMatch(expected);
    }
    expect(problems.filter((problem) => problem.startsWith(`line ${faulty.length + 1} `))).toEqual([]);

    await editor.write('{ "outputs": ["double"], "processors": { "double": "waveform[10] * 2" } }');
    await page.getByText('No problems.').waitFor();
    await editor.view('Save and run');
    await page.getByText('Give it a name first.').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('made-in-the-editor');
    await page.getByRole('button', { name: 'Create configuration' }).click();
    await page.getByRole('link', { name: /^Run version 1 on runs/ }).waitFor();
    const made = (await api.call(endpoints.configurations.list, { query: { kind: 'raw_to_dsp' } })).find(
      ({ name }) => name === 'made-in-the-editor',
    );
    await waitForEntry(page, 'configuration', (text) => text === made?.id);
    const [version] = await api.call(endpoints.configurations.versions, { params: { id: made?.id ?? '' } });
    expect(version?.content).toEqual({
      config: { outputs: ['double'], processors: { double: 'waveform[10] * 2' } },
    });
  });

  it('saves a version and runs it, with the numbers that it has shown', async () => {
    const api = await bench.api();
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/process/chain?${address}`, 'Chain editor');
    const editor = new ChainEditorPage(page);
    await editor.waitForPreview();
    const before = await waitFor('an energy', async () => {
      const found = await editor.scalar('trapEmax');
      return found > 0 && found;
    });
    await editor.chooseInGraph('trap_norm');
    await page.getByRole('textbox', { name: /^rise.*, number$/ }).fill('3');
    await editor.view('Preview');
    await waitFor('another energy', async () => (await editor.scalar('trapEmax')) !== before);
    const shown = {
      trapEmax: await editor.scalar('trapEmax'),
      tp_0: await editor.scalar('tp_0'),
      A_max: await editor.scalar('A_max'),
      bl_std: await editor.scalar('bl_std'),
    };

    await editor.view('Save and run');
    await page
      .getByRole('group', { name: 'Changes' })
      .getByText('config.processors.wf_trap.defaults.db.trap.rise')
      .waitFor();
    await page.getByRole('textbox', { name: 'Why' }).fill('A shorter rise');
    await page.getByRole('button', { name: 'Save as new version' }).click();
    await page.getByRole('link', { name: /^Run version \d+ on runs/ }).waitFor();
    await page.getByText('Nothing is changed yet.').waitFor();
    await page.getByRole('link', { name: /^Run version \d+ on runs/ }).click();

    await page.getByRole('heading', { level: 1, name: 'Process' }).waitFor();
    await page.getByText('1 to compute').waitFor();
    const form = new ProcessPage(page);
    await form.submit();
    await form.waitUntilCompleted({ detector: 'demo', number: run }, ['raw_to_dsp']);
    const stored = await storedRow(api, run, Object.keys(shown));
    for (const [name, value] of Object.entries(shown))
      expect([name, value]).toEqual([name, Number(stored[name]!.toPrecision(7))]);
  });

  it('takes approved parameters of the channel, tries others, and compares with another chain', async () => {
    const api = await bench.api();
    const list = await api.call(endpoints.configurations.list, { query: { kind: 'raw_to_dsp' } });
    const chain = list.find(({ name, detector }) => [name, detector].includes('demo'));
    const against = `${chain?.id ?? ''}:${chain?.latest ?? 1}`;
    const held = await api.call(endpoints.parameters.add, {
      body: {
        set: 'dsp',
        detector: 'demo',
        content: { [table]: { trap: { rise: '2.5*us' } } },
        validFrom: '2020-01-01T00:00:00Z',
        firstRun: run,
        lastRun: run,
      },
    });
    await api.call(endpoints.parameters.approve, { params: { id: held.id }, body: {} });
    const watched = await bench.page();
    const { page } = watched;
    const view = `view=parameters&against=${encodeURIComponent(against)}`;
    await watched.goto(`/process/chain?${address}&${view}`, 'Chain editor');
    const editor = new ChainEditorPage(page);
    const parameters = page.getByRole('group', { name: 'Parameters' });
    await parameters.getByRole('link', { name: `dsp parameters, version ${held.version}` }).waitFor();
    const rise = parameters.getByRole('textbox', { name: 'db.trap.rise in us, number' });
    await waitFor('the approved value', async () => (await rise.inputValue()) === '2.5');
    await editor.view('Preview');
    await waitFor('no difference', async () => (await editor.difference('trapEmax')) === 0);
    await editor.view('Parameters');
    await parameters.getByRole('slider', { name: 'db.trap.rise in us' }).press('ArrowRight');
    await parameters.getByText('tried here').waitFor();
    await editor.view('Preview');
    await waitFor('a difference', async () => (await editor.difference('trapEmax')) !== 0);
    await page.getByRole('switch', { name: 'Side by side' }).click();
    await waitFor(
      'two plots',
      async () => (await page.getByRole('img', { name: /^Preview of / }).count()) === 2,
    );
    await editor.view('Parameters');
    await parameters.getByRole('button', { name: 'Take back' }).click();
    await parameters.getByRole('link', { name: `dsp parameters, version ${held.version}` }).waitFor();
  });

  it('joins the hits of the run to its waveforms, and says why where it cannot', async () => {
    const api = await bench.api();
    const jobs = await processRun(api, { detector: 'demo', number: run }, 'demo');
    const rows = await api.call(endpoints.data.table, {
      params: { id: jobs.at(-1)?.outputDatasetId ?? '' },
      query: { path: `${table}/hit`, from: row, count: 1, columns: 'energy' },
    });
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/process/chain?configuration=new&${address}`, 'Chain editor');
    const editor = new ChainEditorPage(page);
    await editor.waitForPreview();
    const chain = (group: string): string =>
      JSON.stringify({
        outputs: ['twice'],
        inputs: [{ file: '{hit}', group, prefix: 'hit_' }],
        processors: { twice: 'hit_energy * 2', high: 'waveform[10]' },
      });
    await editor.write(chain(`${table}/hit`));
    const joined = page.getByRole('group', { name: 'Joined tables' });
    await joined.getByText('the same events').waitFor();
    await page.getByText('No problems.').waitFor();
    const expected = 2 * Number(rows.values[0]?.[0]);
    await waitFor('the joined number', async () => {
      const shown = await editor.scalar('twice');
      return Math.abs(shown - expected) <= 1e-5 * Math.abs(expected);
    });

    await editor.write(chain(`${table}/none`));
    await joined.getByText(`{hit} has no table ${table}/none`).waitFor();
    const problem = page.getByRole('list', { name: 'Problems' }).getByRole('button');
    await problem.filter({ hasText: `{hit} has no table ${table}/none` }).waitFor();
    await waitFor('all else', async () => Number.isFinite(await editor.scalar('high')));
  });

  it('has its parameters searched: every point is looked at, over two parameters or over one', async () => {
    const api = await bench.api();
    const list = await api.call(endpoints.configurations.list, { query: { kind: 'raw_to_dsp' } });
    const id = list.find(({ name }) => name === 'demo')?.id ?? '';
    const versions = await api.call(endpoints.configurations.versions, { params: { id } });
    const shipped = versions.find(({ version }) => version === 1);
    const config = jsonObject.parse({
      config: shipped?.content['config'],
      tables: [`${table}/raw`],
      parameters: [
        { name: 'trap.rise', values: ['2*us', '4*us', '400*us'] },
        { name: 'trap.flat', values: ['1*us', '2*us'] },
      ],
      figure: { kind: 'spread', of: 'trapEmax' },
    });
    const { jobs } = await api.call(endpoints.jobs.submit, {
      body: { runs: [{ detector: 'demo', number: run }], stages: [{ stage: 'optimise_dsp', config }] },
    });
    const result = await waitFor('the search', async () => {
      const job = await api.call(endpoints.jobs.get, { params: { id: jobs[0]?.id ?? '' } });
      if (job.status === 'failed') throw new Error(job.error ?? 'failed');
      return job.outputDatasetId;
    });
    const watched = await bench.page();
    const { page } = watched;
    await watched.goto(`/data/${result}`, `optimisation of demo ${run}`);
    await page.getByRole('img', { name: /: 4 points, the best at .*; 2 without a figure$/ }).waitFor();
    // The only remark stands in the table above as well.
    const remarks = page.getByRole('region', { name: `${table}: remarks` });
    await remarks.getByText(/^2 of 6 points have no figure: .*trap_norm/).waitFor();
    expect(await takePictures(page, 'analysis', 'optimisation')).toEqual([]);
    await page.getByRole('combobox', { name: 'Up' }).selectOption({ label: 'the figure of merit' });
    await page.getByRole('combobox', { name: 'trap.rise' }).selectOption('2*us');
    await page.getByRole('img', { name: 'FWHM of trapEmax by trap.flat' }).waitFor();
    await waitForEntry(page, 'held', (text) => text.startsWith('trap.rise'));
    await page.getByRole('button', { name: 'Approve for 1 channel' }).waitFor();
  });

  it.each(['preview', 'graph', 'parameters', 'versions'])('looks as it should: %s', async (view) => {
    const watched = await bench.page();
    await watched.goto(`/process/chain?${address}&view=${view}`, 'Chain editor');
    await watched.page.getByText('No problems.').waitFor();
    expect(await takePictures(watched.page, 'data', `chain-editor-${view}`)).toEqual([]);
  });
});

/** Numbers of the previewed row as the job has written them. */
async function storedRow(api: Api, run: number, names: readonly string[]): Promise<Record<string, number>> {
  const { items } = await api.call(endpoints.data.list, {
    query: { detector: 'demo', run, dataKind: 'dsp' },
  });
  const bytes = await api
    .call(endpoints.data.download, { params: { id: items[0]?.id ?? '' } })
    .then((answer: unknown) => answer as ArrayBuffer);
  const folder = mkdtempSync(join(tmpdir(), 'countroom-chain-'));
  const file = join(folder, 'dsp.lh5');
  try {
    writeFileSync(file, new Uint8Array(bytes));
    const reader = await openReader(file);
    try {
      const { columns } = await reader.readTable(`${table}/dsp`, { rows: [row, row + 1] });
      return Object.fromEntries(
        names.map((name) => {
          const column = columns.get(name);
          return [name, column?.kind === 'array' ? Number(column.data[0]) : Number.NaN];
        }),
      );
    } finally {
      await reader.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
