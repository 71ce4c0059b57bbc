import { describe, expect, it } from 'vitest';
import { kernels } from '../spec/kernels.js';
import { builtinCatalogue, processorCatalogue } from './catalogue.js';

describe('the catalogue', () => {
  const catalogue = processorCatalogue();

  it('has every processor once per module, with words for it and its arguments', () => {
    const names = catalogue.map(({ module, name }) => `${module}.${name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { name } of kernels) expect(names).toContain(`dspeed.processors.${name}`);
    expect(catalogue.filter(({ doc, args }) => doc === '' || args.some((one) => one.doc === ''))).toEqual([]);
  });

  it('is plain data, so that it can be sent to another thread', () => {
    expect(structuredClone(catalogue)).toEqual(catalogue);
  });

  it('tells of every function of the language', () => {
    expect(builtinCatalogue().filter(({ doc }) => doc === '')).toEqual([]);
  });
});
