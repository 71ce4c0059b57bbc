import { describe, expect, it } from 'vitest';
import { jsonRows } from './json-rows';

const document = {
  sources: [
    { name: 'first', config: { rateHz: 100 } },
    { name: 'second', config: { rateHz: 7 } },
  ],
  ring: { slots: 1024 },
};
const closed = { toggled: new Set<string>(), search: '', openDepth: 0 };

describe('jsonRows', () => {
  it('shows the first level, closed, with what is inside', () => {
    expect(jsonRows(document, closed).map((row) => [row.path, row.text, row.open])).toEqual([
      ['sources', '2 items', false],
      ['ring', '1 field', false],
    ]);
  });

  it('opens what was toggled, and closes what is open at first', () => {
    const opened = jsonRows(document, { ...closed, toggled: new Set(['ring']) });
    expect(opened.map((row) => row.path)).toEqual(['sources', 'ring', 'ring.slots']);
    const shut = jsonRows(document, { toggled: new Set(['ring']), search: '', openDepth: 1 });
    expect(shut.map((row) => row.path)).toEqual(['sources', 'sources.0', 'sources.1', 'ring']);
  });

  it('leaves what fits a search, the way to it and what is in it', () => {
    const rows = jsonRows(document, { ...closed, search: 'second' });
    expect(rows.map((row) => row.path)).toEqual(['sources', 'sources.1', 'sources.1.name']);
    expect(rows.filter((row) => row.hit).map((row) => row.path)).toEqual(['sources.1.name']);
    const whole = jsonRows(document, { ...closed, search: 'ring' });
    expect(whole.map((row) => row.path)).toEqual(['ring', 'ring.slots']);
  });

  it('finds nothing without failing, and draws a bare value', () => {
    expect(jsonRows(document, { ...closed, search: 'nowhere' })).toEqual([]);
    expect(jsonRows(null, closed).map((row) => row.text)).toEqual(['null']);
  });
});
