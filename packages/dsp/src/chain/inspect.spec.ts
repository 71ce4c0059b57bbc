import { describe, expect, it } from 'vitest';
import { DSPFatal } from '../errors.js';
import { batchOf, numbersOf } from '../testing/batches.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import { inspectChain } from './inspect.js';
import { planChain } from './plan.js';

const values = Array.from({ length: 160 }, (_, i) => (i % 40 < 20 ? 10 : 110) + (i % 7));
const input = batchOf(4, [
  { name: 'wf/values', dtype: 'uint16', shape: [40], values },
  { name: 'wf/dt', dtype: 'float64', units: 'ns', values: [16, 16, 16, 16] },
  { name: 'wf/t0', dtype: 'float64', units: 'ns', values: [0, 0, 0, 0] },
  { name: 'daqenergy', dtype: 'uint32', values: [1, 2, 3, 4] },
]);
const kernels = nodeKernels();
const inspect = (config: unknown, more = {}) => inspectChain(config, { input, kernels, ...more });

const sound = {
  outputs: ['wf_max', 'daqenergy'],
  processors: {
    wf_pz: {
      function: 'pole_zero',
      module: 'dspeed.processors',
      args: ['wf', 'db.pz.tau', 'wf_pz'],
      defaults: { 'db.pz.tau': '400*us' },
    },
    'tp_min, tp_max, wf_min, wf_max': {
      function: 'dspeed.processors.min_max',
      args: ['wf_pz', 'tp_min', 'tp_max', 'wf_min', 'wf_max'],
      unit: ['us', 'us', 'adc', 'adc'],
    },
    doubled: 'wf_max * 2',
  },
};

/** The same with one processor more or another one. */
function having(processors: Record<string, unknown>, outputs = sound.outputs): unknown {
  return { outputs, processors: { ...sound.processors, ...processors } };
}

describe('a sound configuration', () => {
  const inspection = inspect(sound);

  it('has no findings, and tells what is needed', () => {
    expect(inspection.findings).toEqual([]);
    expect(inspection.processors).toEqual([
      expect.objectContaining({ key: 'wf_pz', needs: ['wf'], state: 'ready', needed: true }),
      expect.objectContaining({ key: 'tp_min, tp_max, wf_min, wf_max', needs: ['wf_pz'], needed: true }),
      expect.objectContaining({ key: 'doubled', work: 'wf_max * 2', state: 'ready', needed: false }),
    ]);
    expect(inspection.inputs).toEqual(['wf', 'daqenergy']);
    expect(inspection.variables).toContainEqual(
      expect.objectContaining({ name: 'tp_max', unit: 'us', coordinate: 'point', period: '16 ns' }),
    );
  });

  it('computes the same numbers as the planned chain, and everything between', () => {
    const all = inspection.chain!.run(input);
    const planned = planChain(sound, { input, kernels }).run(input);
    expect(numbersOf(all, 'wf_max')).toEqual(numbersOf(planned, 'wf_max'));
    expect(numbersOf(all, 'doubled')).toEqual(numbersOf(planned, 'wf_max').map((value) => value * 2));
    expect(all.schema.columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['wf/values', 'wf_pz/values', 'wf_pz/dt', 'wf_pz/t0', 'tp_min', 'daqenergy']),
    );
  });
});

describe('faults', () => {
  const place = (processors: Record<string, unknown>) =>
    inspect(having(processors)).findings.map(({ path, character }) => [path.join('/'), character]);

  it('are told where they stand', () => {
    const call = (args: unknown[], more = {}) => ({ function: 'dspeed.processors.pole_zero', args, ...more });
    expect(place({ wf_x: call(['wf', '400*us', 'wf_x'], { unti: 'adc' }) })).toEqual([
      ['processors/wf_x/unti', undefined],
    ]);
    expect(place({ wf_x: call(['wf', '400*(us', 'wf_x']) })).toEqual([['processors/wf_x/args/1', 7]]);
    expect(place({ wf_x: call(['wf', '400*keV', 'wf_x']) })).toEqual([['processors/wf_x/args/1', undefined]]);
    expect(place({ wf_x: call(['nothing', 4, 'wf_x']) })).toEqual([['processors/wf_x/args/0', undefined]]);
    expect(place({ wf_x: call(['daqenergy', 4, 'wf_x']) })).toEqual([['processors/wf_x/args/0', undefined]]);
    expect(place({ wf_x: call(['wf', 'db.tau', 'wf_x']) })).toEqual([['processors/wf_x/args/1', undefined]]);
    expect(place({ wf_x: call(['wf', 4]) })).toEqual([['processors/wf_x/function', undefined]]);
    expect(place({ wf_x: 'wf +* 2' })).toEqual([['processors/wf_x', 4]]);
    expect(place({ us: 'wf + 2' })).toEqual([['processors/us', undefined]]);
    expect(place({ small: 'daqenergy + 1.5' })).toEqual([['processors/small', undefined]]);
  });

  it('of several processors are all told, and block only what needs them', () => {
    const { findings, processors, chain } = inspect(
      having({ one: 'wf +* 2', two: 'one + 1', three: { args: [] }, four: 'five', five: 'four' }),
    );
    expect(findings.map(({ processor }) => processor)).toEqual(['three', 'one', 'four']);
    expect(processors.map(({ key, state }) => [key, state])).toEqual([
      ['wf_pz', 'ready'],
      ['tp_min, tp_max, wf_min, wf_max', 'ready'],
      ['doubled', 'ready'],
      ['one', 'failed'],
      ['two', 'blocked'],
      ['four', 'failed'],
      ['five', 'blocked'],
    ]);
    expect(numbersOf(chain!.run(input), 'doubled')).toHaveLength(4);
  });

  it('of the whole are told at the whole', () => {
    expect(inspect([]).findings).toEqual([expect.objectContaining({ path: [] })]);
    expect(inspect({ outputs: 'wf' }).findings).toEqual([expect.objectContaining({ path: ['outputs'] })]);
    expect(inspect(having({}, ['wf_max', 'nowhere'])).findings).toEqual([
      expect.objectContaining({ severity: 'warning', path: ['outputs', 1] }),
    ]);
  });

  it('of a run leave the processor out, with the argument at fault', () => {
    const config = having({ wf_t: { function: 'dspeed.processors.trap_norm', args: ['wf', 40, 2, 'wf_t'] } });
    const run = (without = new Map<string, DSPFatal>()) => inspect(config, { without });
    let fault: unknown;
    try {
      run().chain!.run(input);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(DSPFatal);
    const rest = run(new Map([['wf_t', fault as DSPFatal]]));
    expect(rest.findings).toEqual([expect.objectContaining({ processor: 'wf_t', severity: 'error' })]);
    expect(rest.findings[0]!.path.slice(0, 2)).toEqual(['processors', 'wf_t']);
    expect(numbersOf(rest.chain!.run(input), 'wf_max')).toHaveLength(4);
  });
});
