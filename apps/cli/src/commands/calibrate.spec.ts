import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray } from '@countroom/records';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { calibrateFile } from './calibrate.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countroom-calibrate-'));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** Two lines of Co-60 by the quantiles of their Gaussians, and a flat background: no chance is needed. */
function cobalt(keVPerUnit: number): Float64Array {
  const values: number[] = [];
  for (const energy of [1173.228, 1332.492]) {
    for (let n = 0; n < 3000; n++) {
      // Twelve evenly spread numbers, each turned by another step, add up to nearly a normal one.
      let sum = -6;
      for (let k = 1; k <= 12; k++) sum += ((n + 0.5) * k * 0.6180339887498949) % 1;
      values.push((energy + 0.9 * sum) / keVPerUnit);
    }
  }
  for (let n = 0; n < 4000; n++) values.push((700 + 0.2 * n) / keVPerUnit);
  return Float64Array.from(values);
}

async function dspFile(tables: Record<string, Float64Array>): Promise<string> {
  const file = join(folder, 'dsp.lh5');
  const writer = await lh5Backend.createWriter(file);
  for (const [path, data] of Object.entries(tables)) {
    const column: NdArray = {
      kind: 'array',
      flavor: 'array',
      dtype: 'float64',
      shape: [data.length],
      data,
      attrs: {},
    };
    await writer.append(path, {
      kind: 'table',
      rows: data.length,
      columns: new Map([['e', column]]),
      attrs: {},
    });
  }
  await writer.close();
  return file;
}

const options = { column: 'e', guess: 0.3, degree: 1, source: 'Co-60' };

describe('calibrate', () => {
  it('writes a configuration for every table that it could calibrate', async () => {
    const file = await dspFile({
      'ch1/dsp': cobalt(0.31),
      'ch2/dsp': cobalt(0.29),
      'ch3/dsp': new Float64Array(5),
    });
    const out = join(folder, 'hit.json');
    await calibrateFile(file, { ...options, out });
    const made = JSON.parse(await readFile(out, 'utf8')) as Record<
      string,
      { operations: { e_cal: { expression: string; parameters: { c0: number; c1: number } } } }
    >;
    expect(Object.keys(made)).toEqual(['ch1/dsp', 'ch2/dsp']);
    const { expression, parameters } = made['ch2/dsp']!.operations.e_cal;
    expect(expression).toBe('c0 + c1*e');
    expect(Math.abs(parameters.c1 / 0.29 - 1)).toBeLessThan(2e-3);
    await expect(calibrateFile(file, { ...options, out })).rejects.toThrow('give --overwrite');
  });

  it('says why nothing could be calibrated', async () => {
    const file = await dspFile({ 'ch3/dsp': new Float64Array(5) });
    await expect(calibrateFile(file, options)).rejects.toThrow(
      'no table could be calibrated: ch3/dsp: fewer than 2',
    );
    await expect(calibrateFile(file, { ...options, column: 'x' })).rejects.toThrow('no table has a column x');
    await expect(calibrateFile(file, { ...options, source: 'X' })).rejects.toThrow('none of Th-228');
    await expect(calibrateFile(file, { ...options, line: ['a'] })).rejects.toThrow('--line a: give keV');
    await expect(calibrateFile(join(folder, 'no.lh5'), options)).rejects.toThrow('there is no such file');
  });
});
