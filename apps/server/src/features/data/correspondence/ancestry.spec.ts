import { describe, expect, it } from 'vitest';
import { type Ancestry, type MadeDataset, mapOf, rowsFrom, sameRows } from './ancestry.js';
import { partnerPath } from './partner-path.js';

type Input = readonly [port: string, datasetId: string | null];

function made(id: string, stage: string | null, ...inputs: readonly Input[]): MadeDataset {
  const madeBy = {
    stage: stage ?? '',
    map: undefined,
    inputs: inputs.map(([port, datasetId]) => ({ port, datasetId })),
  };
  const dataKind = id.replace(/\d+$/, '');
  return { id, dataKind, path: `${id}.lh5`, isDeleted: false, madeBy: stage === null ? null : madeBy };
}
function ancestryOf(...all: readonly MadeDataset[]): Ancestry {
  return new Map(all.map((one) => [one.id, one]));
}
const chain = [
  made('daq', null),
  made('raw1', 'daq_to_raw', ['daq', 'daq']),
  made('raw2', 'daq_to_raw', ['daq', 'daq']),
  made('dsp1', 'raw_to_dsp', ['raw', 'raw1'], ['par', 'raw2']),
  made('hit1', 'dsp_to_hit', ['dsp', 'dsp1']),
  made('dsp2', 'raw_to_dsp', ['raw', 'raw2']),
  made('tcm1', 'build_tcm', ['hit', 'hit1']),
  made('evt1', 'hit_to_evt', ['tcm', 'tcm1'], ['dsp', 'dsp1']),
];
const all = ancestryOf(...chain);
const plus = (...more: readonly MadeDataset[]): Ancestry => ancestryOf(...chain, ...more);
const missing = (ancestry: Ancestry, events: string, rows: string): string => {
  const found = mapOf(ancestry, ancestry.get(events)!, ancestry.get(rows)!);
  return 'missing' in found ? found.missing : `found ${found.dataset.id}`;
};

describe('rows', () => {
  it('are kept from raw to hit, and by no other stage', () => {
    expect(rowsFrom(all, 'hit1')).toBe('raw1');
    expect(sameRows(all, 'raw1')).toEqual(['raw1', 'dsp1', 'hit1']);
    expect(sameRows(all, 'dsp2')).toEqual(['raw2', 'dsp2']);
    expect(sameRows(all, 'evt1')).toEqual(['evt1']);
    const joined = plus(made('dsp3', 'raw_to_dsp', ['raw', 'raw1'], ['raw', 'raw2']));
    expect(rowsFrom(joined, 'dsp3')).toBe('dsp3');
  });

  it('are followed through deleted files, which are not offered themselves', () => {
    const deleted = plus({ ...made('dsp1', 'raw_to_dsp', ['raw', 'raw1']), isDeleted: true });
    expect(sameRows(deleted, 'raw1')).toEqual(['raw1', 'hit1']);
  });
});

describe('the map of events', () => {
  it('is that which their job read', () => {
    expect(missing(all, 'evt1', 'raw1')).toBe('found tcm1');
    expect(missing(all, 'tcm1', 'dsp1')).toBe('found tcm1');
  });

  it('is missing with its reason', () => {
    expect(missing(all, 'evt1', 'raw2')).toContain('hit1.lh5, whose rows are not those of raw2.lh5');
    expect(missing(plus(made('evt2', null)), 'evt2', 'raw1')).toContain('was not made here');
    const without = plus(made('evt2', 'hit_to_evt', ['tcm', null]));
    expect(missing(without, 'evt2', 'raw1')).toContain('names no coincidence map');
    const deleted = plus({ ...chain[6]!, isDeleted: true });
    expect(missing(deleted, 'evt1', 'raw1')).toContain('tcm1.lh5 of evt1.lh5 was deleted');
    expect(missing(plus(made('tcm2', null)), 'tcm2', 'raw1')).toContain('is not known');
  });
});

describe('tiers that were imported into one run', () => {
  const given = ['raw', 'dsp', 'hit', 'tcm', 'evt'].map((kind) => made(kind, null));
  it('belong to its raw data, and events to its map', () => {
    const imported = ancestryOf(...given);
    expect(sameRows(imported, 'hit')).toEqual(['raw', 'dsp', 'hit']);
    expect(missing(imported, 'tcm', 'hit')).toBe('found tcm');
    expect(missing(imported, 'evt', 'raw')).toBe('found tcm');
  });
  it('do not when two files could be meant', () => {
    const two = ancestryOf(...given, made('raw2', null), made('tcm2', null));
    expect(sameRows(two, 'hit')).toEqual(['hit']);
    expect(missing(two, 'evt', 'raw')).toContain('was not made here');
    expect(missing(two, 'tcm', 'raw')).toContain('is not known');
  });
});

describe('the table of another tier', () => {
  it('stands at the same path, or in the same place', () => {
    expect(partnerPath(['ch1/raw', 'ch1/hit'], 'ch1/hit')).toBe('ch1/hit');
    expect(partnerPath(['ch2/raw', 'ch1/raw'], 'ch1/hit')).toBe('ch1/raw');
    expect(partnerPath(['raw', 'ch11/raw'], 'hit')).toBeUndefined();
  });
});
