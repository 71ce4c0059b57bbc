import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { h5wasmBackend } from '@countroom/lh5';
import type { NdArray } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStageOnFile } from './files/run-stage.js';
import { stages } from './registry.js';

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const input = join(
  resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data'),
  'legend/fcio/th228.fcio',
);
const configurations = join(workspace, 'apps/server/configurations');

function shipped(name: string): unknown {
  return JSON.parse(readFileSync(join(configurations, name), 'utf8')) as unknown;
}

/** Mean and full width at half maximum (2.355 sigma) of what lies within three sigma of a line. */
function line(energies: readonly number[], at: number): { events: number; position: number; fwhm: number } {
  let inside = energies.filter((energy) => Math.abs(energy - at) < 0.01 * at);
  let position = at;
  let sigma = 0;
  for (let pass = 0; pass < 20; pass++) {
    position = inside.reduce((sum, energy) => sum + energy, 0) / inside.length;
    sigma = Math.sqrt(inside.reduce((sum, energy) => sum + (energy - position) ** 2, 0) / inside.length);
    const limit = Math.max(3 * sigma, 0.5);
    inside = inside.filter((energy) => Math.abs(energy - position) <= limit);
  }
  return { events: inside.length, position, fwhm: 2.355 * sigma };
}

describe.runIf(existsSync(input))('the Th-228 recording, from bytes to a spectrum', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'countroom-th228-'));
  let good: number[] = [];

  beforeAll(async () => {
    const file = (tier: string): string => join(scratch, `${tier}.lh5`);
    await runStageOnFile({ stage: stages.get('daq_to_raw'), options: {}, input, output: file('raw') });
    const chain = { config: shipped('th228.dsp.json') };
    await runStageOnFile({
      stage: stages.get('raw_to_dsp'),
      options: chain,
      input: file('raw'),
      output: file('dsp'),
    });
    const hits = { config: shipped('th228.hit.json') };
    await runStageOnFile({
      stage: stages.get('dsp_to_hit'),
      options: hits,
      input: file('dsp'),
      output: file('hit'),
    });
    const reader = await h5wasmBackend.openReader(file('hit'));
    const energy = (await reader.read('FCEvent/energy')) as NdArray;
    const isGood = (await reader.read('FCEvent/is_good')) as NdArray;
    await reader.close();
    good = [...(energy.data as Float64Array)].filter((_, row) => isGood.data[row] === 1);
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it('keeps most events', () => {
    expect(good.length).toBeGreaterThan(600);
  });

  // Pb-212, Tl-208, Tl-208.
  it.each([
    [238.632, 80, 0.6, 2.2],
    [583.191, 35, 0.8, 2.6],
    [2614.511, 20, 1.5, 4.5],
  ])('has the line at %d keV: place and width', (keV, events, tolerance, width) => {
    const found = line(good, keV);
    expect(found.events).toBeGreaterThanOrEqual(events);
    expect(Math.abs(found.position - keV)).toBeLessThan(tolerance);
    expect(found.fwhm).toBeLessThan(width);
    expect(found.fwhm).toBeGreaterThan(0.8);
  });
});

describe.runIf(!existsSync(input))('the Th-228 recording', () => {
  it.skip(`is not at ${input}`, () => undefined);
});
