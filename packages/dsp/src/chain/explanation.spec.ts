import { describe, expect, it } from 'vitest';
import { batchOf } from '../testing/batches.js';
import { nodeKernels } from '../wasm/node-kernels.js';
import { planChain } from './plan.js';

const input = batchOf(4, [
  { name: 'wf/values', dtype: 'uint16', shape: [40], values: Array.from({ length: 160 }, (_, i) => i % 40) },
  { name: 'wf/dt', dtype: 'float64', units: 'ns', values: [16, 16, 16, 16] },
  { name: 'wf/t0', dtype: 'float64', units: 'ns', values: [0, 0, 0, 0] },
]);

const config = {
  outputs: ['wf_max', 'tp_max', 'peaks'],
  processors: {
    kernel: 'dspeed.processors.t0_filter(4, 6, kernel(10))',
    'tp_min, tp_max, wf_min, wf_max': {
      function: 'dspeed.processors.min_max',
      args: ['wf', 'tp_min', 'tp_max', 'wf_min', 'wf_max'],
      unit: ['us', 'us', 'adc', 'adc'],
    },
    'peaks, dips, n_peaks, n_dips': {
      function: 'dspeed.processors.get_multi_local_extrema',
      args: [
        'wf',
        ...[1, 1, 0, 0, 0],
        'peaks(5, vector_len=n_peaks)',
        'dips(5, vector_len=n_dips)',
        'n_peaks',
        'n_dips',
      ],
      unit: ['ns', 'ns', '', ''],
    },
    unused: 'wf + 1',
  },
};

describe('the explanation of a chain', () => {
  const { explanation, blockRows } = planChain(config, { input, kernels: nodeKernels(), blockRows: 8 });
  const variable = (name: string) => explanation.variables.find((one) => one.name === name);

  it('lists the steps in order, without those that nobody needs', () => {
    expect(explanation.steps.map(({ processor, work }) => `${processor}: ${work}`)).toEqual([
      'wf.t0: read',
      'wf: read',
      'tp_min, tp_max, wf_min, wf_max: min_max',
      'tp_max: convert times',
      'peaks, dips, n_peaks, n_dips: get_multi_local_extrema',
      'peaks: convert times',
    ]);
    expect(explanation.steps[1]).toMatchObject({ writes: ['wf'], bytesPerRow: 160 });
  });

  it('tells types, shapes, units and grids of variables', () => {
    expect(variable('wf_max')).toMatchObject({
      dtype: 'float32',
      shape: [],
      unit: 'adc',
      coordinate: 'none',
    });
    expect(variable('tp_max')).toMatchObject({ unit: 'us', coordinate: 'point', period: '16 ns' });
    expect(variable('peaks')).toMatchObject({ shape: [5], lengthIn: 'n_peaks' });
    expect(variable('unused')).toBeUndefined();
  });

  it('tells the memory of a block', () => {
    expect(explanation.blockRows).toBe(blockRows);
    expect(explanation.blockBytes).toBeGreaterThan(160 * 8);
    expect(explanation.blockBytes).toBeLessThan(explanation.unsharedBytes + 64 * 20);
  });
});
