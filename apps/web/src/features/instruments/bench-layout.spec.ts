import { describe, expect, it } from 'vitest';
import {
  addPanel,
  addressOf,
  type BenchPanel,
  isSame,
  movePanel,
  numberOf,
  panelsCodec,
  resizePanel,
  settingsOf,
  usualPanels,
} from './bench-layout';

const a: BenchPanel = { id: 'rates', kind: 'rates', width: 2 };
const b: BenchPanel = { id: 'xy', kind: 'xy', width: 6 };

describe('bench layout', () => {
  it('stands in the address', () => {
    expect(panelsCodec.read(panelsCodec.write(usualPanels))).toEqual(usualPanels);
    expect(panelsCodec.read(null)).toBeNull();
    expect(panelsCodec.read('')).toEqual([]);
    expect(panelsCodec.read('xy-2:3,xy-2:4,XY:3,rates:5')).toEqual([{ id: 'xy-2', kind: 'xy', width: 3 }]);
  });

  it('is arranged', () => {
    expect(addPanel([a, b], 'xy').at(-1)).toEqual({ id: 'xy-2', kind: 'xy', width: 3 });
    expect(addPanel(addPanel([a, b], 'xy'), 'xy').at(-1)?.id).toBe('xy-3');
    expect(addPanel([a, b], 'xy').map(numberOf)).toEqual(['', '', '2']);
    expect(movePanel([a, b], 'xy', -1)).toEqual([b, a]);
    expect(movePanel([a, b], 'xy', 1)).toEqual([a, b]);
    expect(resizePanel([a, b], 'rates', 1)[0]?.width).toBe(3);
    expect(resizePanel([a, b], 'xy', 1)[1]?.width).toBe(6);
  });

  it('keeps the settings of its panels, and forgets those of others when it is opened', () => {
    const search = new Map([
      ['detector', 'demo'],
      ['xy.x', 'scope A'],
      ['spectrum.log', '1'],
    ]);
    expect(settingsOf(search, [a, b])).toEqual({ 'xy.x': 'scope A' });
    const bench = { id: 'b1', content: { panels: [a], settings: { 'rates.log': '1' } } };
    expect(addressOf(search, bench)).toEqual({
      'xy.x': null,
      'spectrum.log': null,
      'rates.log': '1',
      bench: 'b1',
      panels: 'rates:2',
    });
    expect(addressOf(search, null)).toMatchObject({ bench: null, panels: null, 'xy.x': null });
    expect(isSame(bench.content, { panels: [a], settings: { 'rates.log': '1' } })).toBe(true);
    expect(isSame(bench.content, { panels: [a], settings: {} })).toBe(false);
  });
});
