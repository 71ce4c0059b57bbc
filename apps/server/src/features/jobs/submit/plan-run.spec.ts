import type { JsonValue } from '@countroom/contracts';
import { fileLineage, parseOptions } from '@countroom/pipeline';
import { lineageHash } from '@countroom/run-model';
import { stages } from '@countroom/stages';
import { describe, expect, it } from 'vitest';
import { decideSteps } from './decide-steps.js';
import { type AvailableDataset, type PlannedStep, planRun, type RequestedStage } from './plan-run.js';
import { reasonOf } from './step-reason.js';

function stored(id: string, dataKind: string): AvailableDataset {
  const lineage = fileLineage(dataKind, id);
  return { id, dataKind, lineage, lineageHash: lineageHash(lineage) };
}

function requested(
  name: string,
  config: unknown,
  inputs: Readonly<Record<string, readonly string[]>> = {},
): RequestedStage {
  const stage = stages.get(name);
  const parsed = parseOptions(stage, config) as JsonValue;
  return {
    stage,
    config: parsed,
    configurationVersionId: null,
    inputs,
    chosen: new Set(Object.keys(inputs)),
  };
}

/** What a step makes, as it is stored afterwards. */
function made(id: string, { stage, lineage, lineageHash: hash }: PlannedStep): AvailableDataset {
  return { id, dataKind: stage.provides, lineage, lineageHash: hash };
}

const hit = requested('dsp_to_hit', { config: { operations: {} } });
const dsp = (outputs: string[] = []): RequestedStage =>
  requested('raw_to_dsp', { config: { outputs, processors: {} } });
const tcm = (from: 'hit' | 'raw' = 'hit'): RequestedStage =>
  requested('build_tcm', { from, columns: [{ name: 'timestamp' }] });
const evt = requested('hit_to_evt', {
  config: { channels: {}, operations: { e: { aggregation_mode: 'sum', expression: 'hit.energy' } } },
});

const inputsOf = (steps: readonly PlannedStep[]): unknown[] =>
  steps.map(({ stage, inputs }) => [
    stage.name,
    ...inputs.map(({ port, after, datasetIds }) => `${port}:${after ?? datasetIds.join()}`),
  ]);

describe('plan of a run', () => {
  it('reads the newest stored input', () => {
    const [step] = planRun([hit], [stored('new', 'dsp'), stored('old', 'dsp')]);
    expect(step).toMatchObject({ inputs: [{ port: 'dsp', datasetIds: ['new'] }], storedAs: undefined });
  });

  it('chains what is requested together, whatever the order', () => {
    const steps = planRun([evt, hit, tcm(), dsp()], [stored('r', 'raw'), stored('d', 'dsp')]);
    expect(inputsOf(steps)).toEqual([
      ['raw_to_dsp', 'raw:r'],
      ['dsp_to_hit', 'dsp:0'],
      ['build_tcm', 'hit:1'],
      ['hit_to_evt', 'tcm:2', 'hit:1'],
    ]);
  });

  it('finds a result of the same lineage', () => {
    const input = stored('d', 'dsp');
    const [step] = planRun([hit], [input]);
    expect(planRun([hit], [made('h', step!), input])[0]?.storedAs).toBe('h');
  });

  it('says what is missing', () => {
    expect(() => planRun([hit], [stored('r', 'raw')])).toThrow('dsp_to_hit: needs dsp');
    expect(() => planRun([evt], [stored('t', 'tcm')])).toThrow('hit_to_evt: needs hit');
  });

  it('reads data sets that were chosen by hand, several where the stage can', () => {
    const available = [stored('a', 'hit'), stored('b', 'hit'), stored('d', 'dsp')];
    const both = { ...tcm(), ...chosen({ hit: ['b', 'a'] }) };
    expect(inputsOf(planRun([both], available))).toEqual([['build_tcm', 'hit:b,a']]);
    expect(() => planRun([{ ...tcm(), ...chosen({ hit: ['d'] }) }], available)).toThrow('d is no stored hit');
    expect(() => planRun([{ ...hit, ...chosen({ dsp: ['d', 'd'] }) }], available)).toThrow('one data set');
    expect(() => planRun([{ ...hit, ...chosen({ raw: ['d'] }) }], available)).toThrow('it reads dsp');
  });

  function chosen(inputs: Record<string, string[]>): Pick<RequestedStage, 'inputs' | 'chosen'> {
    return { inputs, chosen: new Set(Object.keys(inputs)) };
  }
});

describe('values that an analysis of the request finds', () => {
  const asked = requested('dsp_to_hit', { config: { operations: { e: 'db.e' } } });
  const hits = { ...asked, asked: asked.config, sources: ['calibration'] };
  const calibrate = requested('calibrate', { source: 'Th-228' });
  const available = [stored('d', 'dsp')];
  const plan = (parameters: 'approved' | 'when-approved' | 'own', more: AvailableDataset[] = []) =>
    planRun([tcm(), hits, calibrate], [...more, ...available], { parameters, approved: new Set(['c']) });

  it('are none without a choice', () => {
    const steps = plan('approved');
    expect(inputsOf(steps)[1]).toEqual(['dsp_to_hit', 'dsp:d']);
    expect(steps.some(({ provisional }) => provisional)).toBe(false);
  });

  it('are waited for until they are approved, with all that reads the result', () => {
    const steps = plan('when-approved');
    expect(inputsOf(steps)).toEqual([
      ['calibrate', 'dsp:d'],
      ['dsp_to_hit', 'dsp:d', 'calibration:0'],
      ['build_tcm', 'hit:1'],
    ]);
    expect(steps.map(({ awaits, provisional }) => [awaits.length, provisional])).toEqual([
      [0, false],
      [1, true],
      [0, true],
    ]);
    expect(inputsOf(plan('when-approved', [made('c', steps[0]!)]))).toEqual(
      inputsOf(plan('approved', [made('c', steps[0]!)])),
    );
  });

  it('are part of the lineage where they are used without approval', () => {
    const steps = plan('own');
    expect(steps[1]!.lineage.inputs.map(({ dataKind }) => dataKind)).toEqual(['dsp', 'calibration']);
    expect(
      new Set([plan('approved'), plan('when-approved'), steps].map((all) => all[1]!.lineageHash)).size,
    ).toBe(3);
  });
});

describe('what a change of options touches', () => {
  const raw = stored('r', 'raw');
  const run = (requests: RequestedStage[], available: AvailableDataset[], force = false): string[] => {
    const steps = planRun(requests, available);
    return decideSteps(steps, [], force).map((one, i) => {
      const { kind, text } = reasonOf(steps[i]!, one, force);
      return `${steps[i]!.stage.name} ${one.action} ${kind} ${text}`;
    });
  };
  const kept = (requests: RequestedStage[]): AvailableDataset[] => [
    ...planRun(requests, [raw]).map((step, i) => made(`made${i}`, step)),
    raw,
  ];

  it('is nothing without one', () => {
    const all = [dsp(), hit, tcm(), evt];
    expect(run(all, kept(all)).every((line) => line.includes(' stored '))).toBe(true);
    expect(run(all, [raw]).every((line) => line.includes(' compute new '))).toBe(true);
    expect(run(all, kept(all), true).every((line) => line.includes(' compute forced '))).toBe(true);
  });

  it('is everything behind the changed stage, and not what does not read it', () => {
    const other = requested('dsp_to_hit', { config: { operations: { e: { expression: '1' } } } });
    const changed = 'dsp_to_hit: config.operations.e changed';
    expect(run([dsp(), other, tcm('raw'), evt], kept([dsp(), hit, tcm('raw'), evt]))).toEqual([
      'raw_to_dsp stored stored made already, with the same input and options',
      `dsp_to_hit compute changed ${changed}`,
      'build_tcm stored stored made already, with the same input and options',
      `hit_to_evt compute changed ${changed}`,
    ]);
    expect(run([dsp(), other, tcm(), evt], kept([dsp(), hit, tcm(), evt]))[2]).toBe(
      `build_tcm compute changed ${changed}`,
    );
  });

  it('is what reads a result that is made again', () => {
    const all = [dsp(), hit];
    const withoutDsp = kept(all).filter(({ dataKind }) => dataKind !== 'dsp');
    expect(run(all, withoutDsp)).toEqual([
      'raw_to_dsp compute new not made before',
      'dsp_to_hit compute input made already, but what it reads is made again',
    ]);
  });
});
