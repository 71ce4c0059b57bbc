import { builtinCatalogue, processorCatalogue } from '@countroom/dsp';
import { describe, expect, it } from 'vitest';
import { optionsAt } from './completion';
import { hoverAt } from './hover';
import type { Knowledge } from './knowledge';

const knowledge: Knowledge = {
  catalogue: processorCatalogue(),
  builtins: builtinCatalogue(),
  columns: ['waveform', 'timestamp'],
  variables: [
    {
      name: 'wf_pz',
      dtype: 'float32',
      shape: [1836],
      unit: 'ADC',
      period: '16 ns',
      coordinate: 'none',
      constant: false,
      lengthIn: undefined,
    },
  ],
};
const config = {
  processors: {
    e: { function: 'fixed_time_pickoff', module: 'dspeed.processors', args: ['wf_pz', 10, "'l'", 'e'] },
    free: { function: '' },
  },
};
const labels = (...path: (string | number)[]) =>
  optionsAt(knowledge, config, { path, isKey: false }).map(({ label }) => label);

describe('completion', () => {
  it('knows processors, by their module or with it', () => {
    expect(labels('processors', 'e', 'function')).toContain('trap_norm');
    expect(labels('processors', 'e', 'function')).not.toContain('amax');
    expect(labels('processors', 'free', 'function')).toEqual(
      expect.arrayContaining(['dspeed.processors.trap_norm', 'numpy.amax', 'where', 'wf_pz']),
    );
  });
  it('knows variables, columns, functions and units in arguments, and what may be chosen first', () => {
    expect(labels('processors', 'e', 'args', 0)).toEqual(
      expect.arrayContaining(['wf_pz', 'waveform', 'round', 'us']),
    );
    expect(labels('processors', 'e', 'args', 2)).toEqual(expect.arrayContaining(["'l'", "'h'"]));
    expect(labels('outputs', 0)).toEqual(['wf_pz', 'waveform', 'timestamp']);
  });
  it('knows the fields of a processor', () => {
    const keys = optionsAt(knowledge, config, { path: ['processors', 'e', 'x'], isKey: true });
    expect(keys.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['function', 'args', 'unit', 'defaults']),
    );
  });
});

describe('hover', () => {
  const at = (path: (string | number)[], word = '') =>
    hoverAt(knowledge, config, { path, isKey: false, word });
  it('tells of processors, arguments and variables', () => {
    expect(at(['processors', 'e', 'function'])?.title).toBe('fixed_time_pickoff  (n),(),()->()');
    const argument = at(['processors', 'e', 'args', 0], 'wf_pz');
    expect(argument?.title).toBe('w_in');
    expect(argument?.lines).toContain('wf_pz: float32[1836] ADC, every 16 ns');
    expect(at(['processors', 'e', 'args', 1])?.lines.join()).toContain('samples, from 0 to n - 1');
    expect(at(['processors', 'free'], 'waveform')?.lines).toEqual(['waveform: column of the table']);
    expect(at(['processors', 'free'], 'nothing')).toBeNull();
  });
});
