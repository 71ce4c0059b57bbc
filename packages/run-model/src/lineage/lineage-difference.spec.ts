import { describe, expect, it } from 'vitest';
import type { Lineage } from './lineage.js';
import { lineageDifferences } from './lineage-difference.js';

const raw: Lineage = {
  dataKind: 'raw',
  stage: 'daq_to_raw',
  version: '1',
  options: { nMax: null },
  inputs: [],
};
const hit: Lineage = {
  dataKind: 'hit',
  stage: 'dsp_to_hit',
  version: '1',
  options: { config: { operations: { e: { expression: 'a*x', parameters: { a: 1 } } }, outputs: ['e'] } },
  inputs: [raw],
};
const evt: Lineage = {
  dataKind: 'evt',
  stage: 'hit_to_evt',
  version: '1',
  options: {},
  inputs: [{ ...raw, dataKind: 'tcm', stage: 'build_tcm', inputs: [hit] }, hit],
};

describe('what differs between lineages', () => {
  it('is nothing for equal ones', () => {
    expect(lineageDifferences(evt, structuredClone(evt))).toEqual([]);
  });

  it('is named by its place in the options', () => {
    const other = structuredClone(hit) as { options: typeof hit.options } & Lineage;
    const options = {
      config: {
        operations: { e: { expression: 'a*x', parameters: { a: 2 } } },
        outputs: ['e', 'x'],
      },
    };
    expect(lineageDifferences(hit, { ...other, options })).toEqual([
      {
        dataKind: 'hit',
        stage: 'dsp_to_hit',
        what: 'options',
        paths: ['config.operations.e.parameters.a', 'config.outputs'],
      },
    ]);
  });

  it('of shared inputs is told once, however deep it lies', () => {
    const newer = { ...raw, version: '2' };
    const again = (lineage: Lineage): Lineage =>
      lineage.stage === 'daq_to_raw' && lineage.dataKind === 'raw'
        ? newer
        : { ...lineage, inputs: lineage.inputs.map(again) };
    expect(lineageDifferences(evt, again(evt))).toEqual([
      { dataKind: 'raw', stage: 'daq_to_raw', what: 'version', paths: [] },
    ]);
  });

  it('is another stage or other inputs', () => {
    expect(lineageDifferences(raw, { ...raw, stage: 'acquisition' })[0]?.what).toBe('stage');
    expect(lineageDifferences(evt, { ...evt, inputs: [hit] })[0]?.what).toBe('inputs');
  });
});
