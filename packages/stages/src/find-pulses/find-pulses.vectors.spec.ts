import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lh5Backend } from '@countroom/lh5';
import { readAcceptedFile, readDoubleFile } from '@countroom/pulses';
import type { NdArray } from '@countroom/records';
import { afterAll, describe, expect, it } from 'vitest';
import { runTableStageOnFiles } from '../files/run-table-stage.js';
import { writeScopeFile } from '../testing/scope-file.js';
import { findPulses } from './find-pulses.stage.js';

interface FilterFile {
  readonly config: Record<string, unknown>;
  readonly channels: readonly string[];
  readonly trigger_channel: string;
  readonly NSamples: number;
  readonly pretrig: number;
  readonly TSampling: number;
  readonly scale_V: number;
  readonly truth?: readonly { readonly evNr: number; readonly evTime: number }[];
  readonly waveforms: readonly (readonly (readonly number[])[])[];
  readonly expected: { readonly pFilt_lines: readonly string[]; readonly dpFilt_lines: readonly string[] };
}

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const root = join(resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'), 'picodaq');
const folder = mkdtempSync(join(tmpdir(), 'pulses-vectors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const files = ['vectors', 'recorded'].flatMap((name) =>
  existsSync(join(root, name))
    ? readdirSync(join(root, name))
        .filter((file) => file.endsWith('.json'))
        .map((file) => join(root, name, file))
    : [],
);
const read = (file: string): FilterFile => JSON.parse(readFileSync(file, 'utf8')) as FilterFile;
const filters = files.filter(
  (file) => (read(file) as Partial<FilterFile>).expected?.pFilt_lines !== undefined,
);

describe.runIf(filters.length === 0)('find_pulses on recorded pulses', () => {
  it.skip(`there are none below ${root}`, () => undefined);
});

describe.each(filters)('find_pulses: %s', (file) => {
  it('gives the events and delays of the original, from a raw file', async () => {
    const { config, channels, expected, truth, waveforms, ...rest } = read(file);
    const raw = join(folder, 'raw.lh5');
    const output = join(folder, 'pulses.lh5');
    for (const old of [raw, output]) rmSync(old, { force: true });
    const numbers = waveforms.map((_, i) => truth?.[i]?.evNr ?? i + 1);
    await writeScopeFile(raw, {
      records: waveforms,
      numbers,
      timesS: waveforms.map((_, i) => truth?.[i]?.evTime ?? i),
      dtNs: rest.TSampling * 1e9,
      before: Math.trunc(rest.NSamples * rest.pretrig),
    });
    const names = [
      'pulseShape',
      'trgPulseShape',
      'NminCoincidence',
      'acceptPattern',
      'doublePulse',
      'timingPrecision',
    ];
    const own = Object.fromEntries(
      Object.entries(config).filter(([name, value]) => names.includes(name) && value !== null),
    );
    const algorithm = {
      kind: 'pulse_filter',
      ...own,
      compatible: true,
      triggerChannel: rest.trigger_channel,
    };
    const options = { channels, voltsPerCount: [rest.scale_V], algorithm };
    await runTableStageOnFiles({ stage: findPulses, options, inputs: { raw }, output });
    const reader = await lh5Backend.openReader(output);
    const table = await reader.readTable('pulses');
    await reader.close();
    const data = (name: string): number[] =>
      [...((table.columns.get(name) as NdArray).data as Float64Array)].map(Number);
    const accepted = data('accepted').flatMap((flag, row) => (flag === 1 ? [data('event')[row]] : []));
    const lines = readAcceptedFile(expected.pFilt_lines.join('\n'), channels.length);
    expect(accepted).toEqual(lines.map(({ event }) => event));
    const taus = data('tau').filter((tau) => !Number.isNaN(tau));
    const doubles = readDoubleFile(expected.dpFilt_lines.join('\n'));
    expect(taus).toHaveLength(doubles.length);
    taus.forEach((tau, i) => expect(Math.abs(tau - doubles[i]!.tau)).toBeLessThan(1e-3 * (1 + tau)));
  });
});
