import { describe, expect, it } from 'vitest';
import { buildCoincidenceMap, CoincidenceBuilder, type CoincidenceOptions } from './coincidence-builder.js';
import { type CoincidenceMap, concatMaps, tableKey } from './coincidence-map.js';

const two = (reference: 'first' | 'last', ...windows: number[]): CoincidenceOptions => ({
  tables: [
    { path: 'ch1/hit', key: 1 },
    { path: 'ch2/hit', key: 2 },
  ],
  columns: windows.map((window, i) => ({ name: i === 0 ? 'timestamp' : `column${i}`, window })),
  reference,
});

function events({ table, row, ends }: CoincidenceMap): string[] {
  return [...ends].map((end, event) => {
    const hits: string[] = [];
    for (let i = event === 0 ? 0 : ends[event - 1]!; i < end; i++) hits.push(`${table[i]}:${row[i]}`);
    return hits.join(' ');
  });
}

/** Pseudo-random numbers in [0, 1), the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('coincidences', () => {
  it('lets an event grow from hit to hit, or cuts it at a fixed width', () => {
    const hits = [[Float64Array.of(0, 8, 16)], [Float64Array.of(4, 12, 40)]];
    expect(events(buildCoincidenceMap(two('last', 5), hits))).toEqual(['0:0 1:0 0:1 1:1 0:2', '1:2']);
    expect(events(buildCoincidenceMap(two('first', 8), hits))).toEqual(['0:0 1:0 0:1', '1:1 0:2', '1:2']);
  });

  it('orders hits of equal time by table key, and takes a width of 0 as equality', () => {
    const options = { ...two('last', 0), tables: [...two('last', 0).tables].reverse() };
    const hits = [[Int32Array.of(1, 2, 2)], [Int32Array.of(2, 3)]];
    expect(events(buildCoincidenceMap(options, hits))).toEqual(['0:0', '1:0 0:1 0:2', '1:1']);
  });

  it('orders hits of equal time by the further columns, and separates where any column differs', () => {
    const hits = [
      [Float64Array.of(1, 1, 1, 2), Float64Array.of(7, 5, 6, 9)],
      [Float64Array.of(1, 1), Float64Array.of(6, 5)],
    ];
    const expected = ['0:1 1:1', '0:2 1:0', '0:0', '0:3'];
    expect(events(buildCoincidenceMap(two('last', 0.5, 0), hits))).toEqual(expected);
    const builder = new CoincidenceBuilder(two('last', 0.5, 0));
    const parts: CoincidenceMap[] = [];
    for (let i = 0; i < 4; i++) {
      builder.push(
        0,
        hits[0]!.map((column) => column.subarray(i, i + 1)),
      );
      if (i < 2)
        builder.push(
          1,
          hits[1]!.map((column) => column.subarray(i, i + 1)),
        );
      parts.push(builder.take());
    }
    builder.end(0);
    builder.end(1);
    expect(events(concatMaps([...parts, builder.take()]))).toEqual(expected);
  });

  it('keeps nanoseconds since 1970 exact', () => {
    const t0 = 1_700_000_000_000_000_000n;
    const hits = [[BigInt64Array.of(t0, t0 + 10n)], [BigInt64Array.of(t0 - 1n, t0 + 11n)]];
    expect(events(buildCoincidenceMap(two('last', 1), hits))).toEqual(['1:0 0:0', '0:1 1:1']);
    expect(events(buildCoincidenceMap(two('last', 0), hits))).toEqual(['1:0', '0:0', '0:1', '1:1']);
  });

  it('gives the same map however the tables are cut into blocks, and gives events away early', () => {
    const random = randomNumbers(7);
    const tables = Array.from({ length: 5 }, (_, key) => {
      let time = 0;
      const length = key === 3 ? 0 : 100_000;
      const times = Float64Array.from({ length }, () => (time += Math.floor(random() * 12)));
      return { path: `ch${key}/hit`, key, times };
    });
    const options: CoincidenceOptions = {
      tables,
      columns: [{ name: 'timestamp', window: 1 }],
      reference: 'last',
    };
    const whole = buildCoincidenceMap(
      options,
      tables.map(({ times }) => [times]),
    );
    const builder = new CoincidenceBuilder(options);
    const parts: CoincidenceMap[] = [];
    const next = tables.map(() => 0);
    for (let slowest = builder.slowest(); slowest !== undefined; slowest = builder.slowest()) {
      const { times } = tables[slowest]!;
      const stop = Math.min(times.length, next[slowest]! + 1 + Math.floor(random() * 7000));
      builder.push(slowest, [times.subarray(next[slowest], stop)]);
      next[slowest] = stop;
      if (stop === times.length) builder.end(slowest);
      parts.push(builder.take());
    }
    // Typed arrays of this length are compared as bytes: element by element takes seconds.
    const joined = concatMaps(parts);
    for (const part of ['table', 'row', 'ends'] as const) {
      expect(Buffer.from(joined[part].buffer).equals(Buffer.from(whole[part].buffer))).toBe(true);
    }
    expect(parts.slice(0, -1).some(({ ends }) => ends.length > 0)).toBe(true);
    // An independent count: sort all hits, cut where neighbours are apart.
    const all = tables.flatMap(({ times }) => [...times]).sort((a, b) => a - b);
    const expected = all.filter((time, i) => i === 0 || time - all[i - 1]! > 1).length;
    expect(whole.ends.length).toBe(expected);
    expect(whole.row.length).toBe(400_000);
  });

  it.each<[string, CoincidenceOptions, (Float64Array | BigInt64Array)[][]]>([
    ['ch2/hit: hit 1 comes before hit 0', two('last', 1), [[Float64Array.of(1)], [Float64Array.of(2, 1)]]],
    ['timestamp of ch1/hit holds NaN', two('last', 1), [[Float64Array.of(Number.NaN)], []]],
    ['have different types', two('last', 1), [[Float64Array.of(1)], [BigInt64Array.of(1n)]]],
    ['2^53 away', two('last', 1), [[BigInt64Array.of(0n, 2n ** 54n)], []]],
    ['same number of hits', two('last', 1, 1), [[Float64Array.of(1), Float64Array.of()], []]],
    ['window of timestamp must be a number from 0', two('last', -1), []],
    ['no clustering column', two('last'), []],
    ['have the same key 1', { ...two('last', 1), tables: Array(2).fill({ path: 'a', key: 1 }) }, []],
  ])('refuses: %s', (message, options, hits) => {
    expect(() => buildCoincidenceMap(options, hits)).toThrow(message);
  });
});

describe('table keys', () => {
  it.each<[string, RegExp | undefined, number | undefined]>([
    ['ch1084803/hit', undefined, 1084803],
    ['crate2/ch007/hit', /(?<=ch)\d+/, 7],
    ['geds/hit', undefined, undefined],
    ['ch99999999999/hit', undefined, undefined],
  ])('%s', (path, pattern, key) => {
    expect(tableKey(path, pattern)).toBe(key);
  });
});
