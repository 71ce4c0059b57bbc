import type { TableReader } from '@countroom/pipeline';
import type { DataObject, Scalar } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { channelNumber, scopeScales } from './scope-scale.js';

function struct(fields: Record<string, DataObject>): DataObject {
  return { kind: 'struct', fields: new Map(Object.entries(fields)), attrs: {} };
}

function facts(values: Record<string, string | number>): DataObject {
  return struct(
    Object.fromEntries(
      Object.entries(values).map(([key, value]): [string, Scalar] => [
        key,
        { kind: 'scalar', value, attrs: {} },
      ]),
    ),
  );
}

function readerOf(sources: Record<string, DataObject> | undefined): TableReader {
  return {
    name: 'raw.lh5',
    tables: () => Promise.resolve([]),
    read: () => Promise.reject(new Error('nothing is read')),
    object: () => Promise.resolve(sources === undefined ? undefined : struct({ sources: struct(sources) })),
  };
}

const scope = { Channels: '["A","C"]', CRanges: '[0.5,1]', ChanOffsets: '[0.4,0]', fullScale: 32_512 };

describe('scales of a scope', () => {
  it('are by the letters of the channels', async () => {
    const scales = await scopeScales(readerOf({ scope: facts(scope), other: facts({ vendor: 'x' }) }));
    expect([...scales]).toEqual([
      [0, { label: 'A', voltsPerCount: 0.5 / 32_512, voltsOffset: -0.4 }],
      [2, { label: 'C', voltsPerCount: 1 / 32_512, voltsOffset: 0 }],
    ]);
    expect(channelNumber('ch0000002/raw')).toBe(2);
    expect(channelNumber('raw')).toBeUndefined();
  });

  it('are not guessed', async () => {
    const twice = await scopeScales(readerOf({ one: facts(scope), two: facts(scope) }));
    const broken = await scopeScales(readerOf({ one: facts({ ...scope, Channels: '["A"' }) }));
    const silent = await scopeScales(readerOf(undefined));
    expect([twice.size, broken.size, silent.size]).toEqual([0, 0, 0]);
  });
});
