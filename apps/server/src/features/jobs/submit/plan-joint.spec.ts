import type { JsonValue } from '@countroom/contracts';
import { fileLineage, parseOptions } from '@countroom/pipeline';
import { lineageHash } from '@countroom/run-model';
import { stages } from '@countroom/stages';
import { describe, expect, it } from 'vitest';
import { type JointRun, planJoint } from './plan-joint.js';
import type { AvailableDataset, RequestedStage } from './plan-run.js';

function stored(id: string, dataKind: string): AvailableDataset {
  const lineage = fileLineage(dataKind, id);
  return { id, dataKind, lineage, lineageHash: lineageHash(lineage) };
}

function requested(name: string, config: unknown, inputs: Record<string, string[]> = {}): RequestedStage {
  const stage = stages.get(name);
  const parsed = parseOptions(stage, config) as JsonValue;
  return { stage, config: parsed, configurationVersionId: null, inputs };
}

const run = (number: number, ...available: AvailableDataset[]): JointRun => ({
  detector: 'demo',
  number,
  facts: { number },
  available,
});
const query = { columns: ['run.number', 'hit.energy', 'dsp.a'], cuts: ['hit.energy > 1'] };
const skim = requested('skim', query);
const one = run(1, stored('h1', 'hit'), stored('old', 'hit'), stored('d1', 'dsp'));
const two = run(2, stored('d2', 'dsp'), stored('h2', 'hit'));

describe('a result over several runs', () => {
  it('reads the newest data of each, and has the lineage of all', () => {
    const step = planJoint([skim], [one, two]);
    expect(step.inputs).toEqual([
      { port: 'hit', datasetIds: ['h1', 'h2'], after: undefined },
      { port: 'dsp', datasetIds: ['d1', 'd2'], after: undefined },
    ]);
    expect(step.lineage.inputs).toEqual(
      ['h1', 'h2']
        .map((id) => fileLineage('hit', id))
        .concat(['d1', 'd2'].map((id) => fileLineage('dsp', id))),
    );
    expect(step.config).toMatchObject({
      runs: [
        { detector: 'demo', number: 1, facts: { number: 1 } },
        { detector: 'demo', number: 2, facts: { number: 2 } },
      ],
    });
    expect(step).toMatchObject({ storedAs: undefined, awaits: [], provisional: false });
  });

  it('is another one for other runs, also of the same data, and is found when it is stored', () => {
    const step = planJoint([skim], [one, two]);
    const twin = planJoint([skim], [one, { ...two, number: 3 }]);
    expect(twin.lineageHash).not.toBe(step.lineageHash);
    const made: AvailableDataset = { ...step, id: 's', dataKind: 'skim' };
    const again = { ...one, available: [made, ...one.available] };
    expect(planJoint([skim], [again, two]).storedAs).toBe('s');
  });

  it.each<[string, RequestedStage[], JointRun[], string]>([
    ['a run without data', [skim], [one, run(2, stored('h', 'hit'))], 'run demo/2 has no dsp: make it first'],
    ['two stages', [skim, skim], [one], 'by one stage at a time, not 2'],
    [
      'another stage',
      [requested('dsp_to_hit', { config: { operations: {} } })],
      [one],
      'dsp_to_hit: joint: it makes a result of one run at a time',
    ],
    ['chosen data sets', [requested('skim', query, { hit: ['h1'] })], [one], 'reads the newest data of each'],
    ['too many runs', [skim], Array.from({ length: 201 }, (_, i) => run(i)), 'at most 200 runs, not 201'],
  ])('is not made of %s', (_, requests, runs, message) => {
    expect(() => planJoint(requests, runs)).toThrow(message);
  });
});
