import type { RecordBatch, TableSchema } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { FcioDecoder } from '../fcio/fcio-decoder.js';
import { simulateFcio } from '../fcio/fcio-simulation.js';
import { concatenate } from '../testing/corrupt.js';
import { planProcessing, type SignalProcessor } from './process.js';

const schema: TableSchema = {
  name: 't',
  columns: [
    { name: 'a', dtype: 'uint16', shape: [], variableLength: false },
    { name: 'n', dtype: 'int64', shape: [], variableLength: false },
    { name: 'w/t0', dtype: 'float32', shape: [], variableLength: false, units: 'ns' },
    { name: 'w/dt', dtype: 'float32', shape: [], variableLength: false, units: 'ns' },
    { name: 'w/values', dtype: 'uint16', shape: [4], variableLength: false },
  ],
};
const batch: RecordBatch = {
  schema,
  rows: 2,
  columns: [
    { data: Uint16Array.of(1, 2) },
    { data: BigInt64Array.of(5n, -6n) },
    { data: Float32Array.of(0, 8) },
    { data: Float32Array.of(16, 16) },
    { data: Uint16Array.of(10, 11, 12, 13, 20, 21, 22, 23) },
  ],
};

function process(spec: Record<string, unknown>): { result: Record<string, unknown>; warnings: string[] } {
  const warnings: string[] = [];
  const { apply } = planProcessing(batch, spec, { place: 'here', warn: (text) => warnings.push(text) });
  const done = apply(batch);
  const result = Object.fromEntries(done.schema.columns.map(({ name }, i) => [name, done.columns[i]!.data]));
  return { result, warnings };
}

describe('planProcessing', () => {
  it('cuts a window before it drops', () => {
    const { result } = process({ window: ['w', 1, -1, 'v'], drop: ['w', 'a'] });
    expect(result).toEqual({
      n: BigInt64Array.of(5n, -6n),
      'v/t0': Float32Array.of(16, 24),
      'v/dt': Float32Array.of(16, 16),
      'v/values': Uint16Array.of(11, 12, 21, 22),
    });
    expect(process({ window: ['w', 0, 1, 'v'] }).result['v/values']).toEqual(Uint16Array.of(10, 20));
  });

  it('converts number types', () => {
    const { result } = process({ dtype_conv: { a: 'uint32', n: 'float32', 'w/values': 'int64' } });
    expect(result['a']).toEqual(Uint32Array.of(1, 2));
    expect(result['n']).toEqual(Float32Array.of(5, -6));
    expect((result['w/values'] as BigInt64Array)[7]).toBe(23n);
  });

  it('keeps the integer part and takes NaN for 0 in conversions to 64-bit integers', () => {
    const { apply } = planProcessing(
      batch,
      { dtype_conv: { 'w/t0': 'int64' } },
      { place: 'here', warn: () => undefined },
    );
    const columns = batch.columns.with(2, { data: Float32Array.of(-1.5, NaN) });
    expect(apply({ ...batch, columns }).columns[2]!.data).toEqual(BigInt64Array.of(-1n, 0n));
  });

  it('tells which fields are not there and goes on', () => {
    const { warnings } = process({ window: ['x', 0, 1, 'v'], dtype_conv: { y: 'int8' }, drop: ['z'] });
    expect(warnings).toEqual([
      'here.window: table t has no waveform x',
      'here.dtype_conv: table t has no y',
      'here.drop: table t has no z',
    ]);
  });

  it('adds what a signal processor makes of the window, before types change and columns go', () => {
    const signals: SignalProcessor = ({ config, sample, place }) => {
      expect([config, place, sample.schema.columns.at(-1)!.name]).toEqual([7, 'here.dsp_config', 'v/values']);
      const column = { name: 'a', dtype: 'int32' as const, shape: [], variableLength: false };
      return {
        schema: { name: 't', columns: [column] },
        apply: ({ schema: made, columns }) => {
          const values = columns[made.columns.findIndex(({ name }) => name === 'v/values')]!.data;
          const sums = Int32Array.of(
            Number(values[0]) + Number(values[1]),
            Number(values[2]) + Number(values[3]),
          );
          return { schema: { name: 't', columns: [column] }, rows: 2, columns: [{ data: sums }] };
        },
      };
    };
    const { schema: made, apply } = planProcessing(
      batch,
      { window: ['w', 1, 3, 'v'], dsp_config: 7, dtype_conv: { a: 'float64' }, drop: ['w', 'v'] },
      { place: 'here', warn: () => undefined, signals },
    );
    expect(made.columns.map(({ name }) => name)).toEqual(['n', 'a']);
    expect(apply(batch).columns[1]!.data).toEqual(Float64Array.of(23, 43));
  });

  it.each([
    [{ windows: 1 }, /here\.windows: there is no such step/],
    [{ dsp_config: {} }, /here\.dsp_config: signal processing is not part of decoding/],
    [{ window: ['w', -1, 2, 'v'] }, /here\.window: this is no window/],
    [{ window: ['w', 3, 2, 'v'] }, /nothing is left of 4 samples/],
    [{ dtype_conv: { a: 'int7' } }, /here\.dtype_conv\.a: int7 is no number type/],
    [{ drop: 'a' }, /here\.drop: this is not a list/],
  ])('refuses %j', (spec, message) => {
    expect(() => process(spec)).toThrow(message);
  });

  it('is applied to the tables of a group; storage steps are handed on', () => {
    const compression = { 'w/values': 'ULEB128ZigZagDiff()' };
    const proc_spec = { window: ['waveform', 2, 6, 'w'], drop: ['waveform'], compression };
    const decoder = new FcioDecoder({ outSpec: { FCEventDecoder: { g: { key_list: ['*'], proc_spec } } } });
    decoder.push(concatenate(simulateFcio({ events: 2, channels: 1, samples: 10 })));
    const [first] = decoder.finish();
    expect(first!.storage).toEqual({ compression });
    expect(first!.batch.schema.columns.at(-1)).toMatchObject({ name: 'w/values', shape: [4] });
  });
});
