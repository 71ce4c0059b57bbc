import type { JsonValue } from '@countroom/contracts';
import { fileLineage, parseOptions } from '@countroom/pipeline';
import { lineageHash } from '@countroom/run-model';
import { stages } from '@countroom/stages';
import { describe, expect, it } from 'vitest';
import { type AvailableDataset, planRun, type RequestedStage } from './plan-run.js';

function stored(id: string, dataKind: string): AvailableDataset {
  const lineage = fileLineage(dataKind, id);
  return { id, dataKind, lineage, lineageHash: lineageHash(lineage) };
}

function requested(name: string, config: unknown): RequestedStage {
  const stage = stages.get(name);
  return { stage, config: parseOptions(stage, config) as JsonValue, configurationVersionId: null };
}

const hit = requested('dsp_to_hit', { config: { operations: {} } });

describe('plan of a run', () => {
  it('reads the newest stored input', () => {
    const [step] = planRun([hit], [stored('new', 'dsp'), stored('old', 'dsp')]);
    expect(step).toMatchObject({ inputDatasetId: 'new', after: undefined, storedAs: undefined });
  });

  it('chains what is requested together, whatever the order', () => {
    const dsp = requested('raw_to_dsp', { config: { outputs: [], processors: {} } });
    const steps = planRun([hit, dsp], [stored('r', 'raw'), stored('d', 'dsp')]);
    expect(steps.map(({ stage, after, inputDatasetId }) => [stage.name, after, inputDatasetId])).toEqual([
      ['raw_to_dsp', undefined, 'r'],
      ['dsp_to_hit', 0, undefined],
    ]);
  });

  it('finds a result of the same lineage', () => {
    const input = stored('d', 'dsp');
    const [step] = planRun([hit], [input]);
    const result: AvailableDataset = {
      id: 'h',
      dataKind: 'hit',
      lineage: step!.lineage,
      lineageHash: step!.lineageHash,
    };
    expect(planRun([hit], [result, input])[0]?.storedAs).toBe('h');
  });

  it('says what is missing', () => {
    expect(() => planRun([hit], [stored('r', 'raw')])).toThrow('dsp_to_hit: needs dsp');
  });
});
