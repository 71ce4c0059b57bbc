import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainFields } from '../chain/fields.js';
import { planChain } from '../chain/plan.js';
import { DspError } from '../errors.js';
import { compareColumn } from '../testing/compare-columns.js';
import type { CaseColumn } from '../testing/grammar-cases.js';
import { implementations } from '../testing/kernel-modules.js';
import type { Tolerance } from '../testing/numbers.js';
import { readTable } from '../testing/read-lh5.js';
import { jsonFiles, readJson, testData } from '../testing/test-data.js';
import type { KernelModule } from '../wasm/kernel-module.js';
import missing from './missing-golden-chains.json' with { type: 'json' };

interface GoldenFile {
  readonly config: string;
  readonly database: Readonly<Record<string, unknown>>;
  readonly input: {
    readonly path: string;
    readonly table: string;
    readonly first_row: number;
    readonly n_rows: number;
  };
  readonly fields_read: readonly string[];
  readonly tolerance: Tolerance;
  readonly outputs: Readonly<Record<string, CaseColumn>>;
}

const missingNames: readonly string[] = missing;
const files = jsonFiles('dsp/chains')
  .filter(({ name }) => name.endsWith('.golden'))
  .map(({ name, path }) => ({ name, file: readJson(path) as GoldenFile }))
  .filter(({ file }) => existsSync(inputPath(file)) && existsSync(configPath(file)));

function inputPath(file: GoldenFile): string {
  return join(testData, 'legend', file.input.path.replace(/^data\//, ''));
}

function configPath(file: GoldenFile): string {
  return join(testData, 'dsp/configs', file.config);
}

/** Where a threshold is met within rounding, times may be off by a sample: in one row of a hundred. */
const strayShare = 0.01;

function strayRows(column: CaseColumn): number {
  const rows = Array.isArray(column.value) ? column.value.length : 0;
  return Math.ceil(rows * strayShare);
}

async function outcome(file: GoldenFile, kernels: KernelModule): Promise<string[]> {
  const config = readJson(configPath(file));
  const { path, table, first_row: first, n_rows: count } = { ...file.input, path: inputPath(file) };
  const input = await readTable(path, table, { first, count });
  try {
    const result = planChain(config, { input, database: file.database, kernels }).run(input);
    const faults = Object.entries(file.outputs).flatMap(([name, column]) => {
      const found = compareColumn(result, name, column, file.tolerance);
      return column.attrs?.['units'] === 'ns' && found.length <= strayRows(column) ? [] : found;
    });
    const fields = chainFields(config, { database: file.database });
    if (fields.join() !== file.fields_read.join()) faults.push(`reads ${fields.join()}`);
    return faults;
  } catch (error) {
    if (error instanceof DspError) return [error.message];
    throw error;
  }
}

describe.skipIf(files.length === 0)('whole chains on recorded data (skipped without the test data)', () => {
  describe.each(implementations)('$name', ({ kernels }) => {
    it.each(files.filter(({ name }) => !missingNames.includes(name)))('$name', async ({ file }) => {
      expect(await outcome(file, kernels)).toEqual([]);
    });
  });

  it.each(files.filter(({ name }) => missingNames.includes(name)))(
    '$name is listed as missing and does not work yet: the list may only shrink',
    async ({ file }) => {
      expect(await outcome(file, implementations[0]!.kernels)).not.toEqual([]);
    },
  );
});
