import { join } from 'node:path';
import type { AnalysisSummary, JobDetail, JobsPreview, ParameterVersion } from '@countroom/contracts';
import { lh5Backend } from '@countroom/lh5';
import type { NdArray, Table } from '@countroom/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../platform/http/testing/test-api.js';
import { JobFixture } from '../jobs/testing/job-fixture.js';
import { addTables, numbers } from './testing/add-tables.js';

const gain = 0.5;
const line = 2614.511;
const alpha = 5e-6;
let fixture: JobFixture;
let expert: Caller;

/** Nearly normal numbers without chance. */
function spread(n: number): number {
  let sum = -6;
  for (let k = 1; k <= 12; k++) sum += ((n + 0.5) * Math.sqrt(k * k + 1.37)) % 1;
  return sum;
}

/** Pulses of the line with a step of 12 samples, whose noise is known. */
function pulses(rows: number, samples: number): Table {
  const data = new Uint16Array(rows * samples);
  for (let row = 0; row < rows; row++) {
    const height = (line + spread(row)) / gain;
    for (let i = 0; i < samples; i++) {
      const step = Math.min(1, Math.max(0, (i - 60) / 12)) * Math.exp(-Math.max(0, i - 66) / 4000);
      data[row * samples + i] = Math.round(2000 + height * step + 5 * spread(row * samples + i + 7777));
    }
  }
  const values: NdArray = {
    kind: 'array',
    flavor: 'aoesa',
    dtype: 'uint16',
    shape: [rows, samples],
    data,
    attrs: {},
  };
  const all = (value: number): NdArray => numbers(new Float64Array(rows).fill(value), { units: 'ns' });
  const waveform: Table = {
    kind: 'table',
    rows,
    columns: new Map<string, NdArray>([
      ['dt', all(16)],
      ['t0', all(0)],
      ['values', values],
    ]),
    attrs: {},
  };
  return { kind: 'table', rows, columns: new Map([['waveform', waveform]]), attrs: {} };
}

/** Energies of the line that lost charge over drift times of 200 to 1400 ns. */
function trapped(rows: number): Table {
  const drift = Float64Array.from({ length: rows }, (_, n) => 200 + 1200 * (((n + 0.5) * Math.SQRT2) % 1));
  // A tenth lies around it.
  const energy = (n: number): number =>
    n % 10 === 0 ? 2590 + 50 * (((n + 0.5) * Math.sqrt(3)) % 1) : line + spread(n);
  const value = drift.map((time, n) => energy(n) / (1 + alpha * time) / gain);
  const columns = new Map([
    ['trapEmax', numbers(value)],
    ['drift', numbers(drift, { units: 'ns' })],
  ]);
  return { kind: 'table', rows, columns, attrs: {} };
}

beforeAll(async () => {
  fixture = await JobFixture.start();
  expert = await fixture.api.signIn('ada', [{ role: 'expert', detector: null }]);
  await addTables(fixture, 1, 'raw', new Date('2026-03-01T00:00:00Z'), { 'ch1/raw': pulses(400, 140) });
  await addTables(fixture, 2, 'dsp', new Date('2026-03-02T00:00:00Z'), { 'ch1/dsp': trapped(600) });
  fixture.startWorker();
});
afterAll(() => fixture.stop());

const request = (number: number, stage: string, config: object): object => ({
  runs: [{ detector: 'lab', number }],
  stages: [{ stage, config }],
});

async function completed(number: number, stage: string, config: object): Promise<JobDetail> {
  const [job] = await fixture.submit(request(number, stage, config));
  const ended = await fixture.ended(job!.id);
  expect(ended.error).toBeNull();
  return ended;
}

/** What the analysis found, and the version of parameters that it becomes. */
async function approved(dataset: string): Promise<[AnalysisSummary, ParameterVersion]> {
  const found = await fixture.api.call('GET', `/datasets/${dataset}/analysis`, { as: expert });
  const { summary } = found.body as { summary: AnalysisSummary };
  expect(summary.tables.map(({ verdict, remarks }) => [verdict, remarks])).toEqual([['good', []]]);
  const answer = await fixture.api.call('POST', `/datasets/${dataset}/analysis/approve`, {
    as: expert,
    body: {},
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return [summary, answer.body as ParameterVersion];
}

async function columnOf(job: JobDetail, name: string): Promise<number[]> {
  const dataset = await fixture.api.prisma.dataset.findUniqueOrThrow({ where: { id: job.outputDatasetId! } });
  const reader = await lh5Backend.openReader(join(fixture.data, 'files', dataset.path));
  const column = (await reader.read(name)) as NdArray;
  await reader.close();
  return Array.from(column.data as Float64Array, Number);
}

/** Standard deviation over the mean. */
function relativeSpread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) / mean;
}

describe('what analyses find', () => {
  it('may be a filter, whose weights a chain reads by reference', async () => {
    const search = { guess: gain, baseline: 56, length: 32, flat: 4, noise: [1, 100] };
    const { outputDatasetId } = await completed(1, 'find_filter', search);
    const [, { content, set }] = await approved(outputDatasetId!);
    const { dplms } = (content as unknown as { ch1: { dplms: { kernel: number[]; length: number } } }).ch1;
    expect([set, dplms.kernel.length, dplms.length]).toEqual(['dsp', 32, 32]);
    const chain = {
      outputs: ['dplmsE'],
      processors: {
        wf_dplms: {
          function: 'convolve_wf',
          module: 'dspeed.processors',
          args: ['waveform', 'db.dplms.kernel', "'v'", "wf_dplms(len(waveform)-db.dplms.length+1, 'f')"],
        },
        dplmsE: {
          function: 'numpy.amax',
          args: ['wf_dplms', 1, 'dplmsE'],
          kwargs: { signature: '(n),()->()', types: ['fi->f'] },
        },
      },
    };
    const made = await completed(1, 'raw_to_dsp', { config: chain });
    expect(relativeSpread(await columnOf(made, 'ch1/dsp/dplmsE'))).toBeLessThan(1.6 / line);
    const { lineage } = await fixture.api.prisma.job.findUniqueOrThrow({ where: { id: made.id } });
    expect(JSON.stringify(lineage)).toContain(String(dplms.kernel[5]));
    const preview = async (): Promise<string> => {
      const body = request(1, 'raw_to_dsp', { config: chain });
      const answer = await fixture.api.call('POST', '/jobs/preview', { as: expert, body });
      return (answer.body as JobsPreview).runs[0]!.steps[0]!.action;
    };
    expect(await preview()).toBe('stored');
    // One weight is another one: the content is what counts.
    const kernel = dplms.kernel.map((weight, i) => (i === 5 ? weight + 1e-6 : weight));
    const proposed = await fixture.api.call('POST', '/parameters', {
      as: expert,
      body: {
        detector: 'lab',
        set: 'dsp',
        validFrom: '2026-03-01T00:00:00Z',
        content: { ch1: { dplms: { kernel, length: 32 } } },
      },
    });
    expect(await preview()).toBe('stored');
    const { id } = proposed.body as ParameterVersion;
    await fixture.api.call('POST', `/parameter-versions/${id}/approve`, { as: expert, body: {} });
    expect(await preview()).toBe('compute');
  });

  it('may be how much charge is lost, which hits correct by reference', async () => {
    const search = { drift: 'drift', guess: gain, largest: 1e-5, steps: 7, below: 20, above: 20 };
    const { outputDatasetId } = await completed(2, 'correct_trapping', search);
    const [{ tables }] = await approved(outputDatasetId!);
    const { value, error, unit } = tables[0]!.numbers.find(({ name }) => name === 'alpha')!;
    expect(unit).toBe('1/ns');
    expect(Math.abs(value! - alpha)).toBeLessThan(4 * error!);
    const config = { outputs: ['energy'], operations: { energy: 'db.operations.trapEmax_ctc' } };
    const hits = await completed(2, 'dsp_to_hit', { config });
    const corrected = (await columnOf(hits, 'ch1/hit/energy')).filter((_, row) => row % 10 !== 0);
    expect(relativeSpread(corrected)).toBeLessThan(1.1 / line);
  });
});
