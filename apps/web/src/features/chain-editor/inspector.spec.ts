import { planChain } from '@countroom/dsp';
import { nodeKernels } from '@countroom/dsp/node';
import { columnOf, decodeBatch, encodeBatch, type RecordBatch } from '@countroom/records';
import { describe, expect, it } from 'vitest';
import { inspect } from './inspector';

const samples = 200;
const kernels = nodeKernels();

/** Rows of pulses that differ from each other. */
function pulses(from: number, rows: number): RecordBatch {
  const values = Uint16Array.from({ length: rows * samples }, (_, i) => {
    const row = from + Math.floor(i / samples);
    const at = i % samples;
    return (
      1000 + ((row * 37 + at * 101) % 17) + (at < 90 ? 0 : (300 + 10 * row) * Math.exp(-(at - 90) / 300))
    );
  });
  const column = (name: string, units: string) => ({
    name,
    dtype: 'float64' as const,
    shape: [],
    variableLength: false,
    units,
  });
  return {
    schema: {
      name: 'ch0/raw',
      columns: [
        { name: 'waveform/values', dtype: 'uint16', shape: [samples], variableLength: false, units: 'ADC' },
        column('waveform/dt', 'ns'),
        column('waveform/t0', 'ns'),
      ],
    },
    rows,
    columns: [{ data: values }, { data: new Float64Array(rows).fill(16) }, { data: new Float64Array(rows) }],
  };
}

const config = {
  outputs: ['trapEmax', 'tp_50'],
  processors: {
    'bl_mean, bl_std, bl_slope, bl_intercept': {
      function: 'dspeed.processors.linear_slope_fit',
      args: ['waveform[0:80]', 'bl_mean', 'bl_std', 'bl_slope', 'bl_intercept'],
      unit: 'ADC',
    },
    wf_pz: {
      function: 'dspeed.processors.pole_zero',
      args: ['waveform - bl_mean', 'db.tau', 'wf_pz'],
      defaults: { 'db.tau': '4.8*us' },
    },
    wf_trap: { function: 'dspeed.processors.trap_norm', args: ['wf_pz', '480*ns', '160*ns', 'wf_trap'] },
    trapEmax: 'numpy.amax(wf_trap, 1, trapEmax)',
    tp_50: {
      function: 'dspeed.processors.time_point_thresh',
      args: ['wf_pz', 'trapEmax*0.5', '190', 0, 'tp_50'],
      unit: 'ns',
    },
  },
};
const ask = (more = {}) => ({ config, database: {}, show: [], ...more });
const numbers = (batch: RecordBatch, name: string) => [
  ...(columnOf(batch, name).column.data as Float32Array),
];

describe('the preview', () => {
  it('has the numbers of a job over the whole table, row for row, whatever the rows chosen', () => {
    const job = planChain(config, { input: pulses(0, 21), kernels }).run(pulses(0, 21));
    for (const [from, count] of [
      [0, 1],
      [7, 3],
      [18, 3],
    ] as const) {
      const sent = decodeBatch(encodeBatch(pulses(from, count)).buffer);
      const { results, findings } = inspect(ask(), sent, kernels);
      expect(findings).toEqual([]);
      for (const name of config.outputs)
        expect(numbers(results!, name)).toEqual(numbers(job, name).slice(from, from + count));
    }
  });

  it('sends the waveforms that are wanted, and all numbers', () => {
    const { results } = inspect(ask({ show: ['wf_trap', 'waveform'] }), pulses(0, 2), kernels);
    const names = results!.schema.columns.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['waveform/values', 'wf_trap/values', 'wf_trap/dt', 'bl_mean']),
    );
    expect(names).not.toContain('wf_pz/values');
  });

  it('follows the parameters of the database', () => {
    const energy = (database: object) =>
      numbers(inspect(ask({ database }), pulses(3, 1), kernels).results!, 'trapEmax')[0]!;
    expect(energy({ tau: '2*us' })).toBeGreaterThan(energy({}) + 1);
  });

  it('leaves out what stops the run, and tells why', () => {
    const broken = {
      ...config,
      processors: {
        ...config.processors,
        tp_50: { ...config.processors.tp_50, args: ['wf_pz', 'trapEmax*0.5', 500, 0, 'tp_50'] },
      },
    };
    const { results, findings } = inspect(ask({ config: broken }), pulses(0, 1), kernels);
    expect(findings).toEqual([
      expect.objectContaining({ processor: 'tp_50', path: ['processors', 'tp_50', 'args', 2] }),
    ]);
    expect(numbers(results!, 'trapEmax')[0]).toBeGreaterThan(100);
  });

  it('reads the text when there are no rows', () => {
    expect(inspect(ask(), null, kernels)).toMatchObject({
      findings: [],
      inputs: ['waveform'],
      results: null,
    });
    const bad = { outputs: ['sum_a'], processors: { sum_a: 'wave +* 2' } };
    expect(inspect(ask({ config: bad }), null, kernels).findings).toEqual([
      expect.objectContaining({ path: ['processors', 'sum_a'], character: 6 }),
    ]);
  });
});

describe('joined tables', () => {
  const joining = {
    outputs: ['ratio'],
    inputs: [{ file: '{hit}', group: 'ch0/hit', prefix: 'hit_' }],
    processors: { ratio: 'waveform[3] / hit_energy', high: 'waveform[3]' },
  };
  const energies: RecordBatch = {
    schema: {
      name: 'ch0/hit',
      columns: [{ name: 'energy', dtype: 'float64', shape: [], variableLength: false, units: 'keV' }],
    },
    rows: 2,
    columns: [{ data: Float64Array.of(10, 20) }],
  };
  const entry = { file: '{hit}', group: 'ch0/hit', rows: energies, fault: undefined, remark: undefined };
  const ask = (config: object, ...tables: Parameters<typeof inspect>[3][]) =>
    inspect(
      { config, database: {}, show: [] },
      pulses(0, 2),
      kernels,
      tables.flat().filter((one) => one !== undefined),
    );

  it('stand beside the chosen rows, row by row', () => {
    const { results, findings, joins, joined } = ask(joining, [entry]);
    expect(findings).toEqual([]);
    expect(joins).toEqual([expect.objectContaining({ file: '{hit}', group: 'ch0/hit', prefix: 'hit_' })]);
    expect(joined).toEqual(['hit_energy']);
    const high = numbers(results!, 'high');
    const ratio = numbers(results!, 'ratio');
    expect(ratio[0]).toBeCloseTo(high[0]! / 10, 3);
    expect(ratio[1]).toBeCloseTo(high[1]! / 20, 3);
  });

  it('say why they are not there, at their place, while all others are computed', () => {
    const fault = 'run 3 has no hit data: process it up to hit first';
    const { results, findings } = ask(joining, [{ ...entry, rows: null, fault }]);
    expect(findings).toContainEqual(expect.objectContaining({ path: ['inputs', 0], message: fault }));
    expect(findings).toContainEqual(expect.objectContaining({ processor: 'ratio' }));
    expect(numbers(results!, 'high')).toHaveLength(2);
    expect(ask(joining).findings).toContainEqual(
      expect.objectContaining({ path: ['inputs', 0], message: 'ch0/hit of {hit} is being read' }),
    );
  });

  it('must have as many rows, and tell when they may be about other events', () => {
    const short = { ...entry, rows: { ...energies, rows: 1 } };
    expect(ask(joining, [short]).findings).toContainEqual(
      expect.objectContaining({
        path: ['inputs', 0],
        message: expect.stringContaining('the same events') as string,
      }),
    );
    const remark = 'they may be about other events';
    expect(ask(joining, [{ ...entry, remark }]).findings).toEqual([
      expect.objectContaining({ path: ['inputs', 0], severity: 'warning', message: remark }),
    ]);
  });

  it('are read one by one: a faulty entry hides nothing in the others', () => {
    const inputs = [{ group: 'ch0/hit' }, ...joining.inputs];
    const { results, findings } = ask({ ...joining, inputs }, [entry]);
    expect(findings).toEqual([expect.objectContaining({ path: ['inputs', 0] })]);
    expect(numbers(results!, 'ratio')).toHaveLength(2);
  });
});

describe('processors that read files', () => {
  const reading = {
    outputs: ['level'],
    processors: {
      level: "loadlh5('pars.lh5', 'level') * 2",
      wf_faulty: { function: 'dspeed.processors.pole_zero', args: ['waveform', 4, 'wf_faulty'], unti: 'ADC' },
      high: 'waveform[3]',
    },
  };
  const ask = (numbers: NonNullable<Parameters<typeof inspect>[0]['numbers']>) =>
    inspect({ config: reading, database: {}, show: [], numbers }, pulses(0, 1), kernels);

  it('say what they need, and why it is missing, while all others are computed', () => {
    const answer = ask({ 'pars.lh5': { level: 'There is no file pars.lh5' } });
    expect(answer.files).toEqual([{ file: 'pars.lh5', path: 'level' }]);
    expect(answer.findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('There is no file pars.lh5'),
    );
    expect(answer.results?.schema.columns.map(({ name }) => name)).toContain('high');
  });

  it('use the numbers that were handed over', () => {
    const answer = ask({ 'pars.lh5': { level: { dtype: 'float64', shape: [], values: [21] } } });
    const { column } = columnOf(answer.results!, 'level');
    expect([...column.data]).toEqual([42]);
  });
});
