import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kernels } from '../spec/kernels.js';
import { processorReference } from './processor-reference.js';

const page = new URL('../../../../docs/reference/processors.md', import.meta.url);

describe('docs/reference/processors.md', () => {
  it('is the one made from the specification (node tools/reference.mjs)', () => {
    expect(readFileSync(page, 'utf8')).toBe(processorReference());
  });

  it('has a section for every processor', () => {
    const headings = new Set([...processorReference().matchAll(/^### (.*)$/gm)].map(([, name]) => name));
    expect(kernels.filter(({ name }) => !headings.has(name)).map(({ name }) => name)).toEqual([]);
  });
});
