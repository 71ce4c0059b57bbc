import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnalysisSummary } from '@countroom/contracts';
import { type BatchSink, registry as devices, type RowWriter, systemClock } from '@countroom/drivers';
import { lh5Backend } from '@countroom/lh5';
import { allocateColumns, type TableSchema, tableFromBatch } from '@countroom/records';
import { runStageOnFile, runStageOnInputs, stages } from '@countroom/stages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const truth = { gains: { ch0: 0.1, ch1: 0.13 }, fwhmAt2614: 2.5, decayUs: 180 };
const events = 24_000;
const block = 1000;

/** Rows of one table, handed on when they are many. */
class Rows implements RowWriter {
  readonly capacity = block;
  readonly columns;
  rows = 0;

  constructor(readonly schema: TableSchema) {
    this.columns = allocateColumns(schema, block);
  }

  ready(): boolean {
    return this.rows < block;
  }

  setVector(): void {
    throw new Error('records of the simulated digitizer have one length');
  }

  advance(): void {
    this.rows++;
  }
}

/** A run of the demo detector as a raw file, as fast as it can be made. */
async function takeRun(file: string, different: object = {}): Promise<void> {
  const digitizer = devices.get('simulated-digitizer');
  const channels = Object.values(truth.gains).map((gainKevPerAdc, channel) => ({ channel, gainKevPerAdc }));
  const driver = await digitizer.create(
    digitizer.configSchema.parse({
      channels,
      fwhmKev: truth.fwhmAt2614,
      decayUs: truth.decayUs,
      maxEvents: events,
      thresholdKev: 200,
      pacing: 'fast',
      seed: 17,
      ...different,
    }),
    { source: 'demo', clock: systemClock, log: () => undefined },
  );
  const { tables } = await driver.prepare({ runId: 'r', detector: 'demo', facts: {} });
  const writers = tables.map((schema) => new Rows(schema));
  const output = await lh5Backend.createWriter(file);
  const sink: BatchSink = {
    writer: (index) => writers[index]!,
    get blocked() {
      return writers.some((one) => !one.ready());
    },
    info: () => undefined,
  };
  await driver.arm();
  for (let ended = false; !ended; ) {
    ended = (await driver.acquire(sink)).kind === 'ended';
    for (const [index, rows] of writers.entries()) {
      if (rows.rows === 0) continue;
      const { schema, columns, rows: count } = rows;
      await output.append(`ch${index}/raw`, tableFromBatch({ schema, columns, rows: count }));
      rows.rows = 0;
    }
  }
  await output.close();
  await driver.close();
}

describe('a run of the demo detector before a Th-228 source', { timeout: 120_000 }, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'countroom-demo-'));
  const file = (tier: string): string => join(scratch, `${tier}.lh5`);
  let summary: AnalysisSummary;

  /** Signal processing as it is delivered. */
  const process = (input: string, output: string): Promise<unknown> => {
    const shipped = new URL('../../../configurations/demo.dsp.json', import.meta.url);
    const config = JSON.parse(readFileSync(shipped, 'utf8')) as object;
    return runStageOnFile({ stage: stages.get('raw_to_dsp'), options: { config }, input, output });
  };

  beforeAll(async () => {
    await takeRun(file('raw'));
    await process(file('raw'), file('dsp'));
    const { report } = await runStageOnInputs({
      stage: stages.get('calibrate'),
      options: { source: 'Th-228', cut: 'bl_std < 12' },
      inputs: { dsp: [file('dsp')] },
      output: file('calibration'),
    });
    summary = report as unknown as AnalysisSummary;
  }, 120_000);
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it.each(Object.entries(truth.gains))(
    'gives the gain of %s within 0.1 % and the resolution within 5 %%',
    (channel, gain) => {
      const found = summary.tables.find((one) => one.channel === channel)!;
      const number = (name: string): number => found.numbers.find((one) => one.name === name)!.value!;
      expect(Math.abs(number('c1') / gain - 1)).toBeLessThan(1e-3);
      const fwhm = truth.fwhmAt2614 * Math.sqrt(2039 / 2614.511);
      expect(Math.abs(number('fwhm') / fwhm - 1)).toBeLessThan(0.05);
      expect(number('lines')).toBeGreaterThanOrEqual(5);
    },
  );

  const found = async (stage: string, options: object): Promise<AnalysisSummary> => {
    const { report } = await runStageOnInputs({
      stage: stages.get(stage),
      options,
      inputs: { raw: [file('raw')] },
      output: file(stage),
    });
    return report as unknown as AnalysisSummary;
  };

  it('has the decay constant of its preamplifiers in its mean pulses', async () => {
    const { content } = await found('find_decay_constant', {
      superpulse: { baseline: 800, from: 3000, reach: 30 },
    });
    for (const channel of Object.keys(truth.gains)) {
      const { pz } = (content as Record<string, { pz: { tau: string } }>)[channel]!;
      expect(Math.abs(Number.parseFloat(pz.tau) / truth.decayUs - 1)).toBeLessThan(2e-3);
    }
  });

  it('has its resolution with the optimum filter, too', async () => {
    const { tables } = await found('find_filter', {
      guess: truth.gains.ch0,
      length: 200,
      tables: ['ch0/raw'],
    });
    const figure = tables[0]!.numbers.find(({ name }) => name === 'figure')!;
    expect(Math.abs(figure.value! - truth.fwhmAt2614)).toBeLessThan(0.2 * truth.fwhmAt2614);
  });

  it('loses charge on its way when it is told to, which is found and corrected', async () => {
    const trappingPerUs = 0.006;
    // The line at 2614.5 keV alone.
    const lines = { thresholdKev: 2500, maxEvents: 4000, channels: [{ channel: 0, gainKevPerAdc: 0.1 }] };
    await takeRun(file('trapped-raw'), { ...lines, trappingPerUs });
    await process(file('trapped-raw'), file('trapped-dsp'));
    const { report } = await runStageOnInputs({
      stage: stages.get('correct_trapping'),
      options: { guess: 0.1, drift: 'tp_max - tp_0', largest: 1.2e-5, cut: 'bl_std < 12' },
      inputs: { dsp: [file('trapped-dsp')] },
      output: file('trapping'),
    });
    const [channel] = (report as unknown as AnalysisSummary).tables;
    expect([channel!.verdict, channel!.remarks]).toEqual(['good', []]);
    const number = (name: string): { value: number; error: number } =>
      channel!.numbers.find((one) => one.name === name) as { value: number; error: number };
    const { value, error } = number('alpha');
    expect(Math.abs(value * 1e3 - trappingPerUs)).toBeLessThan(3 * error * 1e3 + 0.1 * trappingPerUs);
    expect(number('fwhm').value).toBeLessThan(1.15 * truth.fwhmAt2614);
    expect(number('fwhm_before').value).toBeGreaterThan(1.25 * number('fwhm').value);
  });
});
