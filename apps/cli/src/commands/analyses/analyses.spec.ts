import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray } from '@countroom/records';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../program.js';
import { completeAnalyses } from './analyses.command.js';
import { optionsOf } from './schema-flags.js';
import { schemaOf } from './stage-flags.js';

let folder: string;
let written: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-analyses-'));
  written = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function run(...args: string[]): Promise<void> {
  const program = createProgram('0');
  await completeAnalyses(program, args.slice(0, 1));
  await program.parseAsync(['node', 'countroom', ...args]);
}

/** What flags of a command become as options of its stage. */
async function optionsFrom(name: string, stage: string, ...flags: string[]): Promise<unknown> {
  const program = createProgram('0');
  await completeAnalyses(program);
  const command = program.commands.find((one) => one.name() === name)!;
  command.parseOptions(flags);
  return optionsOf(schemaOf(stage), command.opts());
}

/** Two lines of Co-60 by the quantiles of their Gaussians, and a flat background: no chance is needed. */
function cobalt(keVPerUnit: number): Float64Array {
  const values: number[] = [];
  for (const energy of [1173.228, 1332.492]) {
    for (let n = 0; n < 3000; n++) {
      // Twelve evenly spread numbers add up to nearly a normal one.
      let sum = -6;
      for (let k = 1; k <= 12; k++) sum += ((n + 0.5) * Math.sqrt(k * k + 1.37)) % 1;
      values.push((energy + 0.9 * sum) / keVPerUnit);
    }
  }
  for (let n = 0; n < 9000; n++) values.push((200 + (1300 * n) / 9000) / keVPerUnit);
  return Float64Array.from(values);
}

async function dspFile(tables: Record<string, Float64Array>): Promise<string> {
  const file = join(folder, 'dsp.lh5');
  const writer = await lh5Backend.createWriter(file);
  for (const [path, data] of Object.entries(tables)) {
    const rows = data.length;
    const attrs = {};
    const column: NdArray = { kind: 'array', flavor: 'array', dtype: 'float64', shape: [rows], data, attrs };
    await writer.append(path, { kind: 'table', rows, columns: new Map([['e', column]]), attrs });
  }
  await writer.close();
  return file;
}

const ask = ['--column', 'e', '--source', 'Co-60', '--threads', '1'];

describe('an analysis on the command line', { timeout: 30_000 }, () => {
  it('keeps parameters of the channels in which it found something, for the next command', async () => {
    const file = await dspFile({
      'ch1/dsp': cobalt(0.31),
      'ch2/dsp': cobalt(0.29),
      'ch3/dsp': new Float64Array(5),
    });
    const out = join(folder, 'calibration.json');
    await run('calibrate', file, ...ask, '--out', out);
    const text = written.join('');
    expect(text).toContain('ch1/dsp: good');
    expect(text).toContain('ch3/dsp: failed');
    expect(text).toMatch(/1173\.2/);
    const made = JSON.parse(await readFile(out, 'utf8')) as Record<
      string,
      { operations: { e_cal: { parameters: { c1: number } } } }
    >;
    expect(Object.keys(made)).toEqual(['ch1', 'ch2']);
    expect(Math.abs(made['ch2']!.operations.e_cal.parameters.c1 / 0.29 - 1)).toBeLessThan(2e-3);
    await expect(run('calibrate', file, ...ask, '--out', out)).rejects.toThrow('give --overwrite');

    const config = join(folder, 'hit.json');
    await writeFile(
      config,
      JSON.stringify({ outputs: ['energy'], operations: { energy: 'db.operations.e_cal' } }),
    );
    const hit = join(folder, 'hit.lh5');
    await run(
      'dsp-to-hit',
      file,
      '-c',
      config,
      '--db',
      out,
      '-o',
      hit,
      '-t',
      'ch[12]/*',
      '--threads',
      '1',
      '--json',
    );
    const reader = await lh5Backend.openReader(hit);
    const { data } = (await reader.read('ch2/hit/energy')) as NdArray;
    await reader.close();
    const top = Array.from(data as Float64Array).filter((energy) => Math.abs(energy - 1332.492) < 3);
    expect(top.length).toBeGreaterThan(2500);
  });

  it('takes options from a file below its flags, and keeps the report', async () => {
    const file = await dspFile({ 'ch1/dsp': cobalt(0.31) });
    const options = join(folder, 'options.yaml');
    await writeFile(options, 'source: Cs-137\ncolumn: e\npositions: tops\nresolutionAt: 1200\n');
    const kept = join(folder, 'report.lh5');
    await run('calibrate', file, '--options', options, '--source', 'Co-60', '--report', kept, '--json');
    const result = JSON.parse(written.join('')) as {
      tables: { verdict: string; numbers: { label: string }[] }[];
    };
    expect(result.tables[0]!.verdict).toBe('good');
    expect(result.tables[0]!.numbers.map(({ label }) => label).join()).toContain('1200 keV');
    const reader = await lh5Backend.openReader(kept);
    expect((await reader.read('reports/ch1_dsp')).kind).toBe('scalar');
    await reader.close();
  });

  it('says why nothing was found, and what cannot be used', async () => {
    const file = await dspFile({ 'ch3/dsp': new Float64Array(5) });
    await expect(run('calibrate', file, ...ask)).rejects.toThrow(
      'nothing was found in any table: ch3/dsp: no scale',
    );
    await expect(run('calibrate', file, ...ask, '--column', 'x')).rejects.toThrow('no table of');
    await expect(run('calibrate', file, '--column', 'e')).rejects.toThrow('choose a source');
    await expect(run('calibrate', join(folder, 'no.lh5'), ...ask)).rejects.toThrow('there is no such file');
    await expect(run('find-cuts', file, '--energy', 'e', '--pulser-multiplicity', '4')).rejects.toThrow(
      '--tcm',
    );
    for (const [flags, message] of [
      [['--source', 'X'], 'Allowed choices are Th-228'],
      [['--line', 'a'], 'It must be keV, or keV:reach'],
      [['--guess', 'much'], 'It must be a number'],
    ] as const)
      await expect(run('calibrate', file, ...flags)).rejects.toThrow(message);
    await expect(run('find-cuts', file, '--cleaning', '{')).rejects.toThrow('It must be JSON');
  });
});

describe('flags of analyses', () => {
  it.each([
    [
      'calibrate',
      'calibrate',
      [
        '--likelihood',
        'unbinned',
        '--most-unbinned',
        '500',
        '--curve',
        'quadratic',
        '--calibrated',
        '--line',
        '661.655:15',
      ],
      {
        likelihood: 'unbinned',
        mostUnbinned: 500,
        curve: 'quadratic',
        calibrated: true,
        lines: [{ energy: 661.655, below: 15, above: 15 }],
      },
    ],
    [
      'find-filter',
      'find_filter',
      ['--noise', '1', '--noise', '10', '--tau-us', '180'],
      { noise: [1, 10], tauUs: 180 },
    ],
    [
      'correct-trapping',
      'correct_trapping',
      ['--largest', '1e-5', '-t', 'ch1/dsp'],
      { largest: 1e-5, tables: ['ch1/dsp'] },
    ],
    [
      'find-cuts',
      'find_cuts',
      ['--cleaning', '{"of":"bl_std"}', '--aoe', '--lq-level', '2.5', '--aoe-drift-of', 'dt'],
      { cleaning: [{ of: 'bl_std' }], aoe: { drift: { of: 'dt' } }, lq: { level: 2.5 } },
    ],
    ['find-decay-constant', 'find_decay_constant', ['--superpulse'], { superpulse: {} }],
  ])('of %s are options of %s', async (name, stage, flags, options) => {
    expect(await optionsFrom(name, stage, ...flags)).toEqual(options);
  });

  it('are there for every option of every analysis', async () => {
    const program = createProgram('0');
    await completeAnalyses(program);
    const flagsOf = (name: string): string[] =>
      program.commands.find((one) => one.name() === name)!.options.map(({ long }) => long!);
    expect(flagsOf('optimise-dsp')).toEqual(
      expect.arrayContaining([
        '--config',
        '--parameters',
        '--method',
        '--figure-kind',
        '--database',
        '--n-max',
      ]),
    );
    expect(flagsOf('calibrate')).toEqual(
      expect.arrayContaining(['--positions', '--tail-prior', '--least-probability', '--curve', '--output']),
    );
  });
});
