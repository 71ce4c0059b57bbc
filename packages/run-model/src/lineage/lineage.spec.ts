import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Lineage, lineageHash } from './lineage.js';

const raw: Lineage = { dataKind: 'raw', stage: 'daq_to_raw', version: '1', options: {}, inputs: [] };

describe('lineageHash', () => {
  it('is SHA-256 of the canonical text with the scheme', () => {
    const text =
      '{"lineage":{"dataKind":"raw","inputs":[],"options":{},"stage":"daq_to_raw","version":"1"},"scheme":1}';
    expect(lineageHash(raw)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('does not depend on the order of keys, nor on how numbers were written', () => {
    const first = { ...raw, options: { b: 1, a: { d: 1e2, c: null } } };
    const second: Lineage = {
      inputs: [],
      options: { a: { c: null, d: 100 }, b: 1.0 },
      version: '1',
      stage: 'daq_to_raw',
      dataKind: 'raw',
    };
    expect(lineageHash(second)).toBe(lineageHash(first));
  });

  it('changes with stage, version, each option, and anything in the inputs', () => {
    const dsp: Lineage = {
      dataKind: 'dsp',
      stage: 'raw_to_dsp',
      version: '1',
      options: { a: 1 },
      inputs: [raw],
    };
    const hashes = [
      dsp,
      { ...dsp, version: '2' },
      { ...dsp, stage: 'other' },
      { ...dsp, dataKind: 'hit' },
      { ...dsp, options: { a: 2 } },
      { ...dsp, inputs: [{ ...raw, version: '2' }] },
      { ...dsp, inputs: [] },
    ].map((lineage) => lineageHash(lineage));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('refuses what JSON cannot carry, by its place', () => {
    expect(() => lineageHash({ ...raw, options: { gain: Number.NaN } })).toThrow(/lineage\.options\.gain/);
  });
});
