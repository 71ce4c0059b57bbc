import { lineageHash } from '@countroom/run-model';
import { describe, expect, it } from 'vitest';
import { fileLineage, parseOptions, stageLineage } from '../stage/stage-options.js';
import { bytesStage, scaleStage } from '../testing/example-stages.js';
import { orderStages } from './stage-graph.js';
import { StageRegistry } from './stage-registry.js';

const scale = { stage: scaleStage, config: {} };
const bytes = { stage: bytesStage, config: {} };

describe('order of stages', () => {
  it('puts makers before users', () => {
    expect(orderStages([scale, bytes], new Set(['daq'])).map(({ stage }) => stage.name)).toEqual([
      'bytes',
      'scale',
    ]);
  });
  it('takes stored data kinds as they are', () => {
    expect(orderStages([scale], new Set(['raw']))).toEqual([scale]);
  });
  it('puts what has to be made first before others, and does not ask for it', () => {
    const last = { ...bytes, after: new Set(['scaled', 'nothing']) };
    const first = { ...scale, chosen: new Set(['raw']) };
    expect(orderStages([last, first], new Set(['daq']))).toEqual([first, last]);
  });
  it('says what is missing', () => {
    expect(() => orderStages([scale], new Set(['dsp']))).toThrow(
      'scale: needs raw, which no requested stage makes; stored for this run: dsp',
    );
  });
  it('refuses two makers of one data kind', () => {
    expect(() => orderStages([scale, scale], new Set(['raw']))).toThrow('which scale makes already');
  });
  it('finds circles', () => {
    const back = { stage: { ...scaleStage, name: 'back', dependsOn: 'scaled', provides: 'raw' }, config: {} };
    expect(() => orderStages([scale, back], new Set())).toThrow('depends on itself: scale -> back -> scale');
  });
});

describe('stages and their options', () => {
  it('lists the known stages when asked for another', () => {
    const registry = new StageRegistry([scaleStage, bytesStage]);
    expect(() => registry.get('nope')).toThrow('nope: there is no such stage; known are scale, bytes');
    expect(() => new StageRegistry([scaleStage, scaleStage])).toThrow('scale: is declared twice');
  });
  it('names every fault of refused options', () => {
    expect(() => parseOptions(scaleStage, { factor: 'two', more: 1 })).toThrow(/factor: .*; .*more/);
  });
  it('keeps what does not matter out of the lineage', () => {
    const input = fileLineage('raw', 'ab');
    const hash = (options: object): string =>
      lineageHash(stageLineage(scaleStage, parseOptions(scaleStage, options), [input]));
    expect(hash({ factor: 2, label: 'a' })).toBe(hash({ factor: 2 }));
    expect(hash({ factor: 2 })).not.toBe(hash({ factor: 3 }));
    const other = lineageHash(
      stageLineage(scaleStage, parseOptions(scaleStage, { factor: 2 }), [fileLineage('raw', 'cd')]),
    );
    expect(other).not.toBe(hash({ factor: 2 }));
  });
});
