import { describe, expect, it } from 'vitest';
import { standardFormats } from '../formats.js';
import { collectTables } from '../testing/collect.js';
import { corrupted } from '../testing/corrupt.js';
import { fuzzCorpus } from '../testing/fuzz-corpus.js';
import type { DecodedBatch, DecodedObject, DecodeOptions, FormatDefinition } from './decoder.js';
import type { IntegrityReport } from './integrity.js';
import { randomSource } from './random.js';
import { restoredCell, storedCell } from './table-buffer.js';

/** What came of an input, in a form that does not tell where batches were cut. */
function outcome(
  batches: readonly DecodedBatch[],
  objects: readonly DecodedObject[],
  report: IntegrityReport,
) {
  const tables = [...collectTables(batches)].map(([path, { columns }]) => [path, [...columns]] as const);
  return { tables: tables.sort(([a], [b]) => (a < b ? -1 : 1)), objects, report };
}

/** Decodes an input; after each of the first `stops` bytes with a decoder that goes on at the checkpoint of the one before. */
function decode(
  format: FormatDefinition,
  input: Uint8Array,
  options: DecodeOptions,
  stops: readonly number[],
) {
  const batches: DecodedBatch[] = [];
  const objects: DecodedObject[] = [];
  let decoder = format.open(options);
  let at = 0;
  for (const stop of stops) {
    if (stop <= at) continue;
    batches.push(...decoder.push(input.subarray(at, stop)));
    objects.push(...decoder.objects());
    const { batches: rest, checkpoint } = decoder.flush();
    batches.push(...rest);
    const resume = JSON.parse(JSON.stringify(checkpoint)) as typeof checkpoint;
    decoder = format.open({ ...options, resume });
    at = resume.byteOffset;
  }
  batches.push(...decoder.push(input.subarray(at)), ...decoder.finish());
  objects.push(...decoder.objects());
  return outcome(batches, objects, decoder.report());
}

describe('a conversion that is broken off and goes on', () => {
  const variants: readonly DecodeOptions[] = [
    { keepGarbage: true },
    { limits: { rowsPerKey: 7 }, exactTimes: true },
    { limits: { rows: 25 }, keepGarbage: true },
    { limits: { packets: 30 } },
  ];

  it.each(standardFormats().all)('is as if it had never stopped: $name', { timeout: 60_000 }, (format) => {
    const corpus = fuzzCorpus[format.name]!();
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomSource(seed);
      const file = corpus[seed % corpus.length]!;
      const input = seed <= 12 ? file : corrupted(file, seed);
      const options = { ...variants[seed % variants.length]!, inputName: 'run.bin', batchRows: 256 };
      const stops = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
        Math.floor(random() * input.length),
      ).sort((a, b) => a - b);
      const expected = decode(format, input, options, []);
      // A limit is noticed at the end of a chunk.
      const bytes = options.limits === undefined ? expected.report.bytes : (expect.any(Number) as number);
      const report = { ...expected.report, bytes };
      expect({ seed, ...decode(format, input, options, stops) }).toEqual({ seed, ...expected, report });
    }
  });
});

describe('cells as JSON', () => {
  it.each([
    [true],
    [-0],
    [Number.NaN],
    [Number.NEGATIVE_INFINITY],
    [2n ** 63n],
    [[1, 2.5]],
    [[2n ** 62n, -1n]],
    [[]],
  ])('%s comes back', (cell) => {
    const json = JSON.parse(JSON.stringify(storedCell(cell))) as ReturnType<typeof storedCell>;
    expect(restoredCell(json)).toEqual(cell);
  });
});
