import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allocate, type Dtype } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { toVector } from './columns.js';
import { compileExpression } from './compile.js';
import { MissingFunctionError } from './expression-error.js';
import missing from './missing-functions.json' with { type: 'json' };
import type { Kind, Vector } from './vector.js';

interface Column {
  readonly dtype: Dtype;
  readonly value: readonly (number | string | boolean)[];
}
interface Case {
  readonly expression: string;
  readonly parameters?: Record<string, number>;
  readonly result: { readonly dtype: string; readonly value: unknown; readonly scalar: boolean };
}
interface VectorFile {
  readonly tolerance?: { readonly rtol?: number };
  readonly columns: Record<string, Column>;
  readonly cases: readonly Case[];
}

const workspace = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const root = resolve(workspace, process.env['COUNTROOM_TEST_DATA'] ?? '../shared/data');
const folder = join(root, 'dsp/hit');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

function numberOf(value: unknown): number {
  return value === true ? 1 : value === false ? 0 : Number(value === '-Infinity' ? -Infinity : value);
}

function vectorOf({ dtype, value }: Column): Vector {
  const data = allocate(dtype, value.length);
  value.forEach((item, i) => {
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[i] = BigInt(item);
    else data[i] = numberOf(item);
  });
  return toVector({ kind: 'array', flavor: 'array', dtype, shape: [value.length], data, attrs: {} });
}

describe.runIf(files.length === 0)('expression vectors', () => {
  it.skip(`there are none below ${folder}`, () => undefined);
});

describe.each(files)('expression vectors: %s', (name) => {
  const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as VectorFile;
  const columns = new Map(Object.entries(file.columns).map(([key, column]) => [key, vectorOf(column)]));
  const kinds = new Map<string, Kind>([...columns].map(([key, { kind }]) => [key, kind]));
  const rows = Object.values(file.columns)[0]?.value.length ?? 0;
  const rtol = file.tolerance?.rtol ?? 1e-6;

  it.each(file.cases)('$expression', ({ expression, parameters, result }) => {
    let compiled;
    try {
      compiled = compileExpression(expression, kinds, parameters ?? {}, { complex: true });
    } catch (error) {
      // What is not built yet is on a committed list, which may only shrink.
      if (!(error instanceof MissingFunctionError)) throw error;
      expect(missing, `missing: ${error.functionName}`).toContain(error.functionName);
      return;
    }
    expect(compiled.reduces).toBe(result.scalar);
    expect(compiled.kind).toBe(result.dtype);
    const { imaginary = [] } = compiled.evaluate(columns, rows);
    // The file keeps the real parts of complex numbers, which are those of real columns.
    expect(imaginary.every((part) => part === 0)).toBe(true);
    const values = [...(compiled.evaluate(columns, rows).data as Float64Array)].map(Number);
    const expected = (Array.isArray(result.value) ? (result.value as unknown[]) : [result.value]).map(
      numberOf,
    );
    expect(values.length).toBe(expected.length);
    values.forEach((value, i) => {
      const wanted = expected[i]!;
      if (Number.isNaN(wanted)) expect(value).toBeNaN();
      else if (Number.isFinite(wanted))
        expect(Math.abs(value - wanted)).toBeLessThanOrEqual(rtol * Math.abs(wanted) + 1e-30);
      else expect(value).toBe(wanted);
    });
  });
});
